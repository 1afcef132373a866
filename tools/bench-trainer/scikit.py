"""scikit-learn's side of `npm run bench:trainer`.

export <folder>: writes tables that ship with scikit-learn as CSV; the target is the last column.
fit <table.csv> <folds.json>: fits four models at their defaults on the given folds, prints losses and times as JSON.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np


def write(folder, name, features, target):
    rows, width = features.shape
    with open(os.path.join(folder, name + ".csv"), "w", newline="\n") as file:
        file.write(",".join([f"x{column}" for column in range(width)] + ["target"]) + "\n")
        for row in range(rows):
            cells = ["" if np.isnan(value) else repr(float(value)) for value in features[row]]
            file.write(",".join(cells + [str(target[row])]) + "\n")


def export(folder):
    from sklearn import datasets

    for name in ("breast_cancer", "digits", "wine", "diabetes"):
        table = getattr(datasets, "load_" + name)()
        features = table.data.astype(float)
        target = table.target if name == "diabetes" else [f"c{code}" for code in table.target]
        if name == "wine":
            features[np.random.default_rng(1).random(features.shape) < 0.15] = np.nan
        write(folder, name, features, target)
    features, codes = datasets.make_classification(
        n_samples=30_000, n_features=10, n_informative=6, n_redundant=2, random_state=1
    )
    write(folder, "generated", features, [f"c{code}" for code in codes])


def read(path):
    import csv

    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    columns = [[row[column] for row in rows] for column in range(len(header))]
    return columns[:-1], columns[-1]


def timed(work):
    """Result and median processor time; a short one is done again, as the trainer's side does."""
    times = []
    while len(times) < 7 and (not times or sum(times) < 0.2):
        started = time.process_time()
        result = work()
        times.append(time.process_time() - started)
    return result, sorted(times)[len(times) // 2]


def fit(path, folds_path):
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import (
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
        RandomForestClassifier,
        RandomForestRegressor,
    )
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.metrics import accuracy_score, log_loss, root_mean_squared_error
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    with open(folds_path) as file:
        task = json.load(file)
    columns, target = read(path)
    texts = [place for place, kind in enumerate(task["kinds"]) if kind == "category"]
    numbers = [place for place, kind in enumerate(task["kinds"]) if kind == "number"]
    features = np.empty((len(target), len(columns)), dtype=object)
    for place, column in enumerate(columns):
        features[:, place] = (
            column if place in texts else [float(cell) if cell else np.nan for cell in column]
        )
    codes = np.empty((len(target), len(columns)))
    if texts:
        codes[:, texts] = OrdinalEncoder().fit_transform(features[:, texts])
    for place in numbers:
        codes[:, place] = features[:, place].astype(float)
    is_class = task["task"] == "classification"
    answers = np.array(target) if is_class else np.array(target, dtype=float)

    def linear():
        steps = [("number", make_pipeline(SimpleImputer(), StandardScaler()), numbers)]
        if texts:
            steps.append(("text", OneHotEncoder(handle_unknown="ignore"), texts))
        model = LogisticRegression() if is_class else Ridge()
        return make_pipeline(ColumnTransformer(steps), model)

    models = {
        "tree": lambda: DecisionTreeClassifier(random_state=1) if is_class else DecisionTreeRegressor(random_state=1),
        "forest": lambda: RandomForestClassifier(random_state=1, n_jobs=1) if is_class else RandomForestRegressor(random_state=1, n_jobs=1),
        "boosting": lambda: HistGradientBoostingClassifier(random_state=1) if is_class else HistGradientBoostingRegressor(random_state=1),
        "linear": linear,
    }
    results = {}
    for name, make in models.items():
        losses, hits, seconds = [], [], []
        for fold in task["folds"]:
            training, held_out = np.array(fold["training"]), np.array(fold["heldOut"])
            # One-hot is for the linear model alone: its pipeline does it, inside the time that is measured.
            rows = features if name == "linear" and texts else codes
            model, spent = timed(lambda: make().fit(rows[training], answers[training]))
            seconds.append(spent)
            truth = answers[held_out]
            if is_class:
                shares = model.predict_proba(rows[held_out])
                losses.append(log_loss(truth, np.clip(shares, 1e-15, 1), labels=model.classes_))
                hits.append(accuracy_score(truth, model.classes_[shares.argmax(axis=1)]))
            else:
                losses.append(root_mean_squared_error(truth, model.predict(rows[held_out])))
        results[name] = {
            "loss": float(np.mean(losses)),
            "accuracy": float(np.mean(hits)) if hits else None,
            "seconds": float(np.median(seconds)),
        }
    peak = 0
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    except ImportError:
        pass
    print(json.dumps({"results": results, "peak_bytes": peak}))


if __name__ == "__main__":
    {"export": export, "fit": fit}[sys.argv[1]](*sys.argv[2:])
