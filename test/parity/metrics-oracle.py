"""Computes the metrics with scikit-learn and lifelines. Usage: metrics-oracle.py FOLDER."""

import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import xgboost as xgb
from sklearn import metrics

from lifelines_concordance import concordance_index
from oracle import decoder


def number(value):
    return None if np.isnan(value) else float(value)


def shaped(values, columns):
    """Lists stay lists: scikit-learn takes the precision of arrays alone."""
    if columns == 1:
        return values
    rows = np.asarray(values).reshape(-1, columns)
    return rows.tolist() if isinstance(values, list) else rows


def regression(case, truth, predicted, weight):
    names = ["mean_squared_error", "root_mean_squared_error", "mean_absolute_error", "r2_score"]
    return [number(getattr(metrics, name)(truth, predicted, sample_weight=weight)) for name in names]


def accuracy(case, truth, predicted, weight):
    return [number(metrics.accuracy_score(truth, predicted, sample_weight=weight))]


def auc(case, truth, predicted, weight):
    area = metrics.roc_auc_score(truth, predicted, sample_weight=weight)
    return [number(float(f"{area:.12g}"))]


def concordance(case, truth, predicted, weight):
    try:
        return [number(concordance_index(truth, predicted, case["events"]))]
    except ZeroDivisionError:
        return [None]


KINDS = {"regression": regression, "accuracy": accuracy, "auc": auc, "concordance": concordance}


def run(case):
    truth = shaped(case["truth"], case["columns"])
    predicted = shaped(case["predicted"], case["columns"])
    return KINDS[case["kind"]](case, truth, predicted, case.get("weight"))


def main(folder):
    arrays = (folder / "arrays.bin").read_bytes()
    cases = json.loads((folder / "cases.json").read_text(), object_hook=decoder(arrays))
    warnings.simplefilter("ignore")
    library = Path(xgb.build_info()["libxgboost"])
    answer = {"library": hashlib.sha256(library.read_bytes()).hexdigest(), "cases": {case["name"]: run(case) for case in cases}}
    (folder / "oracle.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
