"""Run against a server: GHARIAL_URL=http://localhost:8787 GHARIAL_MODEL=crocodile-species python3 -m unittest -v tests.test_client

The model must be a tabular classifier with an example in its manifest. pandas is tested if it is installed.
"""

import json
import os
import unittest
import urllib.request

from gharial import ApiError, Client, RowErrors

try:
    import pandas
except ImportError:
    pandas = None

URL = os.environ["GHARIAL_URL"]
MODEL = os.environ["GHARIAL_MODEL"]


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model = Client(URL).model(MODEL)
        cls.rows = [example["row"] for example in cls.model.manifest["examples"]][:5]
        body = json.dumps({"rows": cls.rows}).encode()
        request = urllib.request.Request(
            f"{URL}/v1/models/{MODEL}/predict", body, {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request) as response:
            cls.expected = json.load(response)["predictions"]
        # The columns' names in the table, and one column the model does not use.
        columns = {feature["name"]: feature["column"] for feature in cls.model.signature["features"]}
        cls.table_rows = [
            {**{columns[name]: value for name, value in row.items()}, "a column of no use": 1}
            for row in cls.rows
        ]

    def test_the_client_gives_the_answers_of_the_api(self):
        for rows in (self.rows, self.table_rows):
            for answer, expected in zip(self.model.predict(rows), self.expected):
                self.assertEqual(answer["label"], expected["label"])
                self.assertEqual(answer["probability"], expected["probability"])

    def test_probabilities_are_by_label(self):
        for answer, expected in zip(self.model.predict_proba(self.rows), self.expected):
            self.assertEqual(answer, expected["probabilities"])

    def test_contributions_add_up_to_the_output(self):
        names = [feature["name"] for feature in self.model.signature["features"]]
        for explained in self.model.explain(self.rows):
            total = explained["base_value"] + sum(explained[name] for name in names)
            self.assertAlmostEqual(total, explained["output"], places=5)

    def test_rows_that_cannot_be_read_are_named_and_the_others_are_answered(self):
        name = self.model.signature["features"][0]["name"]
        rows = [self.rows[0], {**self.rows[0], name: {}}, self.rows[0]]
        with self.assertRaises(RowErrors) as caught:
            self.model.predict(rows)
        self.assertEqual(list(caught.exception.errors), [1])
        self.assertIn(name, str(caught.exception))
        kept = self.model.predict(rows, errors="keep")
        self.assertEqual([answer["error"] is None for answer in kept], [True, False, True])
        self.assertEqual(kept[2]["label"], self.expected[0]["label"])

    def test_more_rows_than_one_request_takes_come_back_in_order(self):
        rows = [self.rows[at % len(self.rows)] for at in range(41_003)]
        answers = self.model.predict(rows)
        self.assertEqual(len(answers), len(rows))
        for at in (0, 19_999, 20_000, 41_002):
            self.assertEqual(answers[at]["label"], self.expected[at % len(self.rows)]["label"])

    def test_an_unknown_model_is_a_404_with_its_reason(self):
        with self.assertRaises(ApiError) as caught:
            Client(URL).model("no-such-model")
        self.assertEqual(caught.exception.status, 404)
        self.assertIn("no-such-model", str(caught.exception))

    @unittest.skipIf(pandas is None, "pandas is not installed")
    def test_a_frame_comes_back_with_its_index(self):
        frame = pandas.DataFrame(self.table_rows, index=[f"r{at}" for at in range(len(self.rows))])
        answers = self.model.predict(frame)
        self.assertEqual(list(answers.index), list(frame.index))
        self.assertEqual(list(answers["label"]), [expected["label"] for expected in self.expected])


if __name__ == "__main__":
    unittest.main()
