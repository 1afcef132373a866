"""Client and Model: what the API answers, as Python values."""

from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Dict, Iterator, List, Mapping, Optional

from .rows import json_value, like, parts, records

#: Rows of one streamed request. The next part is sent when the answers to this one have been read.
STREAM_ROWS = 20_000
#: Rows the explain endpoint takes at once.
EXPLAIN_ROWS = 100


class ApiError(Exception):
    """The API refused a request. `status` is the HTTP status, `problem` the body (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.problem = problem
        super().__init__(str(problem.get("detail") or problem.get("title") or f"status {status}"))


class RowErrors(Exception):
    """Some rows could not be read. `errors` maps row numbers (from 0) to reasons; `answers` has all rows, None for those."""

    def __init__(self, errors: Mapping[int, str], answers: List[Optional[Dict[str, Any]]]) -> None:
        self.errors = errors
        self.answers = answers
        row, reason = next(iter(errors.items()))
        super().__init__(f"{len(errors)} of {len(answers)} rows were refused; row {row}: {reason}")


class Client:
    """A Gharial server. `api_key` is sent as a bearer token; `timeout` is in seconds per request."""

    def __init__(self, url: str, api_key: Optional[str] = None, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self._headers = {"accept": "application/json"}
        if api_key is not None:
            self._headers["authorization"] = f"Bearer {api_key}"

    def models(self) -> List[Dict[str, Any]]:
        """What is published: name, title, task, champion and versions of each model."""
        return self.get("/v1/models")["models"]

    def model(self, name: str, version: Optional[str] = None) -> "Model":
        """A model's champion, or the given version or alias. Raises ApiError when there is none."""
        return Model(self, name, version)

    def get(self, path: str) -> Any:
        """GET `path`, as JSON. Raises ApiError."""
        with self._open(path, None, {}) as response:
            return json.load(response)

    def post(self, path: str, value: Any) -> Any:
        """POST `value` as JSON. Raises ApiError."""
        body = json.dumps(value, allow_nan=False).encode()
        with self._open(path, body, {"content-type": "application/json"}) as response:
            return json.load(response)

    def stream(self, path: str, rows: List[Mapping[str, Any]]) -> Iterator[Dict[str, Any]]:
        """POST `rows` as NDJSON and yield the answer's lines as they arrive. Raises ApiError."""
        text = "".join(json.dumps(row, allow_nan=False, separators=(",", ":")) + "\n" for row in rows)
        headers = {"content-type": "application/x-ndjson", "content-encoding": "gzip"}
        with self._open(path, gzip.compress(text.encode(), 1), headers) as response:
            for line in response:
                yield json.loads(line)

    def _open(self, path: str, body: Optional[bytes], headers: Mapping[str, str]) -> Any:
        request = urllib.request.Request(
            self.url + path, data=body, headers={**self._headers, **headers}
        )
        try:
            return urllib.request.urlopen(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise ApiError(error.code, _problem(error.read())) from None


class Model:
    """One model, at its champion or a fixed version."""

    def __init__(self, client: Client, name: str, version: Optional[str]) -> None:
        self.client = client
        self.name = name
        quoted = urllib.parse.quote(name, safe="")
        at = "" if version is None else f"/versions/{urllib.parse.quote(version, safe='')}"
        self._path = f"/v1/models/{quoted}{at}"
        described = client.get(self._path)
        #: The manifest: signature, metrics, task, files.
        self.manifest: Dict[str, Any] = described.get("manifest", described)
        signature = self.manifest.get("signature")
        if signature is None:
            raise ValueError(f"model has no rows, ask it over /v2: {name}")
        self.signature: Dict[str, Any] = signature
        self._names = {feature["column"]: feature["name"] for feature in signature["features"]}
        self._names.update({feature["name"]: feature["name"] for feature in signature["features"]})

    def predict(self, rows: Any, errors: str = "raise") -> Any:
        """Predictions for a DataFrame or a list of dicts, in the same order and form.

        A classifier gives `label` and `probability`; a regressor gives `value`. `errors` is "raise" (RowErrors, after all
        rows were sent) or "keep" (an `error` column, None where there is none).
        """
        answers = [None if answer is None else _without_probabilities(answer) for answer in self._answers(rows, errors)]
        return like(rows, answers)  # type: ignore[arg-type]

    def predict_proba(self, rows: Any) -> Any:
        """One probability per label: columns of a DataFrame, keys of a dict. Raises ValueError for a regressor."""
        if "labels" not in self.signature["target"]:
            raise ValueError(f"model predicts a number, not labels: {self.name}")
        return like(rows, [answer["probabilities"] for answer in self._answers(rows, "raise")])

    def _answers(self, rows: Any, errors: str) -> List[Any]:
        """Per row the answer's line without its number; with `errors` "keep", each has an `error`."""
        if errors not in ("raise", "keep"):
            raise ValueError(f'errors must be "raise" or "keep": {errors}')
        answers: List[Optional[Dict[str, Any]]] = []
        faults: Dict[int, str] = {}
        for part in parts(records(rows, self._names), STREAM_ROWS):
            start = len(answers)
            answers.extend([None] * len(part))
            for line in self.client.stream(f"{self._path}/predict", part):
                at = start + line.pop("row") - 1
                if "error" in line:
                    faults[at] = _reason(line["error"])
                else:
                    answers[at] = line
            lost = [at for at in range(start, len(answers)) if answers[at] is None and at not in faults]
            if lost:
                raise ConnectionError(f"the answer ended before row {lost[0]}")
        if faults and errors == "raise":
            raise RowErrors(faults, answers)
        if errors == "keep":
            answers = [{**(answer or {}), "error": faults.get(at)} for at, answer in enumerate(answers)]
        return answers

    def explain(self, rows: Any, label: Optional[str] = None) -> Any:
        """Exact Shapley values: `base_value`, `output` and one contribution per feature, by API name.

        They add up: base_value + contributions = output. `label` is explained; by default each row's predicted one.
        """
        found: List[Dict[str, Any]] = []
        for part in parts(records(rows, self._names), EXPLAIN_ROWS):
            body: Dict[str, Any] = {"rows": part, **({} if label is None else {"label": label})}
            for answer in self.client.post(f"{self._path}/explain", body)["explanations"]:
                contributions = {item["feature"]: item["contribution"] for item in answer["contributions"]}
                explained = {} if answer.get("label") is None else {"label": answer["label"]}
                found.append(
                    {
                        **explained,
                        "base_value": answer["base_value"],
                        "output": answer["output"],
                        **{f["name"]: contributions.get(f["name"], 0.0) for f in self.signature["features"]},
                    }
                )
        return like(rows, found)


def _without_probabilities(answer: Mapping[str, Any]) -> Dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "probabilities"}


def _reason(problem: Any) -> str:
    if isinstance(problem, dict):
        return str(problem.get("detail") or problem.get("title"))
    return str(problem)


def _problem(body: bytes) -> Mapping[str, Any]:
    try:
        problem = json.loads(body)
    except ValueError:
        return {"detail": body[:200].decode("utf-8", "replace")}
    return problem if isinstance(problem, dict) else {"detail": json_value(problem)}
