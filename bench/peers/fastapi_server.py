"""The stack this replaces: FastAPI and uvicorn in one process, the same body in and out, the same checks.

    python fastapi_server.py sklearn|onnxruntime peer.json PORT

`sklearn` fits a tree on the rows that Gharial's was fitted on; `onnxruntime` runs Gharial's own file.
"""

import csv
import json
import math
import sys
from contextlib import asynccontextmanager
from typing import Union

import numpy as np
import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

engine, path, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(path, encoding="utf-8") as file:
    peer = json.load(file)
features, labels = peer["features"], peer["labels"]
names = [feature["name"] for feature in features]
codes = [
    {category: code for code, category in enumerate(feature["categories"])}
    if feature["type"] == "category"
    else None
    for feature in features
]


def encode(row):
    values = []
    for name, code in zip(names, codes):
        if name not in row:
            raise HTTPException(400, f"{name} is missing")
        value = row[name]
        if value is None:
            values.append(math.nan)
        elif code is not None:
            values.append(code.get(value, -1))
        elif isinstance(value, (int, float)):
            values.append(value)
        else:
            raise HTTPException(400, f"{name} must be a number")
    return values


def fit_tree():
    from sklearn.tree import DecisionTreeClassifier

    def cell(text, code):
        if text == "":
            return math.nan
        return float(text) if code is None else code.get(text, -1)

    with open(peer["table"], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    x = np.array([[cell(row[name], code) for name, code in zip(names, codes)] for row in rows], np.float32)
    y = np.array([labels.index(row[peer["target"]]) for row in rows])
    tree = DecisionTreeClassifier(random_state=1).fit(x, y)

    def probabilities(x):
        values = np.zeros((len(x), len(labels)))
        values[:, tree.classes_] = tree.predict_proba(x)
        return values

    return probabilities


def open_session():
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(peer["onnx"], options, providers=["CPUExecutionProvider"])
    return lambda x: session.run(None, {"features": x})[0]


class Body(BaseModel):
    rows: list[dict[str, Union[float, str, None]]]


@asynccontextmanager
async def lifespan(app):
    app.state.probabilities = fit_tree() if engine == "sklearn" else open_session()
    yield


app = FastAPI(lifespan=lifespan)


@app.post("/predict")
async def predict(body: Body):
    x = np.array([encode(row) for row in body.rows], np.float32)
    predictions = []
    for values in app.state.probabilities(x).tolist():
        best = max(range(len(values)), key=values.__getitem__)
        predictions.append(
            {
                "label": labels[best],
                "probability": values[best],
                "probabilities": dict(zip(labels, values)),
            }
        )
    return {"model_name": peer["model"], "model_version": peer["version"], "predictions": predictions}


uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning")
