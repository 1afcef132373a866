"""Answers of scipy, Evidently and NannyML to cases from stdin (JSON), to stdout. A missing library answers null."""

import json
import sys
import warnings

warnings.filterwarnings("ignore")


def versions():
    found = {}
    for name in ("scipy", "evidently", "nannyml"):
        try:
            found[name] = __import__(name).__version__
        except Exception:
            found[name] = None
    return found


def distances(cases):
    import numpy as np
    from scipy.spatial.distance import jensenshannon
    from scipy.stats import chi2_contingency, ks_2samp, wasserstein_distance

    answers = []
    for case in cases:
        a, b = np.array(case["reference"]), np.array(case["current"])
        x = np.array(case["positions"])
        used = (a + b) > 0
        chi = chi2_contingency(np.array([a[used], b[used]]), correction=False)
        answers.append(
            {
                "jensen_shannon": float(jensenshannon(a / a.sum(), b / b.sum())),
                "kolmogorov_smirnov": float(ks_2samp(np.repeat(x, a), np.repeat(x, b), method="asymp").statistic),
                "wasserstein": float(wasserstein_distance(x, x, a, b)),
                "chi_square": float(chi.pvalue),
            }
        )
    return answers


def decisions(cases):
    import pandas as pd
    from evidently.legacy.calculations.stattests import get_stattest
    from evidently.legacy.core import ColumnType

    answers = []
    for case in cases:
        kind = ColumnType.Numerical if case["type"] == "number" else ColumnType.Categorical
        a, b = pd.Series(case["reference"]), pd.Series(case["current"])
        test = get_stattest(a, b, kind, None)
        result = test(a, b, kind, None)
        answers.append({"test": test.name, "drifted": bool(result.drifted), "score": float(result.drift_score)})
    return answers


def estimates(cases):
    import numpy as np
    from nannyml.performance_estimation.confidence_based import metrics

    answers = []
    for case in cases:
        p, predicted = np.array(case["probabilities"]), np.array(case["predicted"])
        # Its rounding of counts to five digits alone would be larger than the tolerance.
        kept, metrics.np.round = metrics.np.round, lambda values, _digits: values
        try:
            auroc = metrics.estimate_roc_auc(p, p)
        finally:
            metrics.np.round = kept
        answers.append(
            {
                "accuracy": float(metrics.estimate_accuracy(predicted, p)),
                "f1": float(metrics.estimate_f1(predicted, p)),
                "auroc": float(auroc),
            }
        )
    return answers


def answer(function, cases):
    try:
        return function(cases)
    except ImportError as error:
        print(f"{function.__name__}: not compared, {error}", file=sys.stderr)
        return None


asked = json.load(sys.stdin)
json.dump(
    {
        "versions": versions(),
        "distances": answer(distances, asked["distances"]),
        "decisions": answer(decisions, asked["decisions"]),
        "estimates": answer(estimates, asked["estimates"]),
    },
    sys.stdout,
)
