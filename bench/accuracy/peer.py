"""Real data with its folds, and what scikit-learn's forests make of it. Usage: peer.py FOLDER, which holds request.json."""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.model_selection import KFold, StratifiedKFold

FOLDS = 5
SKLEARN = {
    "breast_cancer": load_breast_cancer,
    "wine": load_wine,
    "iris": load_iris,
    "digits": load_digits,
    "diabetes": load_diabetes,
}


def data_sets(tables):
    for name, load in SKLEARN.items():
        X, y = load(return_X_y=True)
        yield name, "regression" if name == "diabetes" else "classification", X, y
    for name, table in tables.items():
        yield name, table["task"], np.array(table["X"], dtype=float), np.array(table["y"])


def run(name, task, X, y, seeds, trees):
    classes = task == "classification"
    X = X.astype("f4")
    splitter = (StratifiedKFold if classes else KFold)(FOLDS, shuffle=True, random_state=0)
    folds = [(train.tolist(), test.tolist()) for train, test in splitter.split(X, y)]
    Forest = RandomForestClassifier if classes else RandomForestRegressor
    predictions = []
    for seed in seeds:
        held_out = np.empty((len(y), len(np.unique(y)))) if classes else np.empty(len(y))
        for train, test in folds:
            model = Forest(trees, random_state=seed, n_jobs=2).fit(X[train], y[train])
            held_out[test] = model.predict_proba(X[test]) if classes else model.predict(X[test])
        predictions.append(held_out.tolist())
    return {
        "name": name,
        "task": task,
        "X": X.tolist(),
        "y": y.tolist(),
        "folds": folds,
        "predictions": predictions,
    }


def main(folder):
    request = json.loads((folder / "request.json").read_text())
    answer = [run(*one, request["seeds"], request["trees"]) for one in data_sets(request["tables"])]
    (folder / "answer.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
