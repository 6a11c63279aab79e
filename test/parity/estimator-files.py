"""Reads the models that our estimators saved, and saves models for them. Usage: estimator-files.py FOLDER."""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import xgboost as xgb

CLASSES = {
    "classifier": xgb.XGBClassifier,
    "labels": xgb.XGBClassifier,
    "regressor": xgb.XGBRegressor,
    "ranker": xgb.XGBRanker,
}


def answers(model, X, kind):
    found = {"predict": np.asarray(model.predict(X), dtype=float).tolist(), "leaves": model.apply(X).tolist()}
    if CLASSES[kind] is xgb.XGBClassifier:
        found["probabilities"] = model.predict_proba(X).astype(float).tolist()
        found["classes"] = int(model.n_classes_)
    found["best"] = getattr(model, "best_iteration", None)
    return found


def refuses(kind, path):
    try:
        CLASSES[kind]().load_model(path)
    except TypeError as error:
        return str(error)
    return None


def read(folder, kind, X):
    path = folder / f"ours-{kind}.ubj"
    model = CLASSES[kind](n_jobs=2)
    model.load_model(path)
    other = "classifier" if kind in ("regressor", "ranker") else "regressor"
    return {**answers(model, X, kind), "refused": refuses(other, path)}


def write(folder, kind, data):
    X, valid = np.array(data["X"], dtype="f4"), np.array(data["valid"], dtype="f4")
    y, target = np.array(data["y"]), np.array(data["target"])
    groups = {"qid": data["qid"], "eval_qid": [data["validQid"]]} if kind == "ranker" else {}
    model = CLASSES[kind](n_estimators=40, learning_rate=0.9, max_depth=5, early_stopping_rounds=2, n_jobs=2)
    model.fit(X, y, eval_set=[(valid, target)], verbose=False, **groups)
    model.save_model(folder / f"python-{kind}.ubj")
    return answers(model, valid, kind)


def main(folder):
    warnings.simplefilter("ignore")
    request = json.loads((folder / "request.json").read_text())
    answer = {
        kind: {
            "ours": read(folder, kind, np.array(data["valid"], dtype="f4")),
            "python": write(folder, kind, data),
        }
        for kind, data in request.items()
    }
    (folder / "answer.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
