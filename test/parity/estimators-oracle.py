"""Runs the cases of the estimators with the Python package. Usage: estimators-oracle.py FOLDER."""

import base64
import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import xgboost as xgb

from oracle import STOPPING, decoder, mean_absolute, pseudo_huber, table_of

CLASSES = {"classifier": xgb.XGBClassifier, "regressor": xgb.XGBRegressor, "ranker": xgb.XGBRanker}


class Labels:
    """Looks like a DMatrix to the functions of oracle.py."""

    def __init__(self, label):
        self.label = np.asarray(label)

    def get_label(self):
        return self.label


def huber(y_true, y_pred):
    return pseudo_huber(y_pred, Labels(y_true))


def absolute(y_true, y_pred):
    return mean_absolute(y_pred, Labels(y_true))[1]


absolute.__name__ = "mean-absolute"


def labels_of(y):
    return y["values"].reshape(y["rows"], y["cols"]) if isinstance(y, dict) else y


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def numbers(values):
    values = np.ascontiguousarray(values, dtype="<f4")
    return {"shape": list(values.shape), "values": base64.b64encode(values.tobytes()).decode()}


def arguments(case):
    train, X, y = case["train"], table_of(case["train"]["frame"]), labels_of(case["train"]["y"])
    names = ["sample_weight", "base_margin"] + (["group", "qid"] if case["kind"] == "ranker" else [])
    given = {name: train.get(name) for name in names}
    sets = [(train, X, y)] if case.get("evalTrain") else []
    sets += [(data, table_of(data["frame"]), labels_of(data["y"])) for data in case.get("evals", [])]
    if sets:
        given["eval_set"] = [(data_x, data_y) for _, data_x, data_y in sets]
        for name in names:
            eval_name = f"{name}_eval_set" if name in ("sample_weight", "base_margin") else f"eval_{name}"
            given[eval_name] = [data.get(name) for data, _, _ in sets]
    return X, y, given


def build(case):
    params = dict(case["params"])
    if "stopping" in case:
        stopping = {STOPPING[name]: value for name, value in case["stopping"].items()}
        params["callbacks"] = [xgb.callback.EarlyStopping(**stopping)]
    if "objective" in case:
        params["objective"] = huber
    if "metric" in case:
        params["eval_metric"] = absolute
    return CLASSES[case["kind"]](**params)


def twelve_digits(score):
    return float(f"{float(score):.12g}")


def score_of(case, model, X, y):
    if case["kind"] != "ranker":
        return float(model.score(X, y))
    test = case["test"]
    matrix = xgb.DMatrix(X, y, group=test.get("group"), qid=test.get("qid"), nthread=case["params"]["n_jobs"])
    booster = model.get_booster()
    if "early_stopping_rounds" in case["params"]:
        booster = booster[: model.best_iteration + 1]
    return twelve_digits(booster.eval(matrix).split(":")[-1])


def saved(model, folder):
    model.save_model(folder / "model.json")
    return sha256((folder / "model.json").read_bytes())


def run(case, folder):
    model = build(case)
    X, y, given = arguments(case)
    model.fit(X, y, verbose=False, **given)
    if "continued" in case:
        first = model
        model = build(case).set_params(n_estimators=case["continued"])
        model.fit(X, y, verbose=False, xgb_model=first.get_booster(), **given)
    test, target = table_of(case["test"]["frame"]), labels_of(case["test"]["y"])
    linear = case["params"].get("booster") == "gblinear"
    margin = {"base_margin": case["margin"]} if "margin" in case else {}
    predictions = {
        "predict": numbers(model.predict(test, **margin)),
        "margin": numbers(model.predict(test, output_margin=True, **margin)),
        "some rounds": numbers(model.predict(test, iteration_range=(0, 1))),
    }
    # SciPy's softmax takes NumPy's float32 exponential, whose last bits depend on the processor.
    if case["kind"] == "classifier" and case["params"].get("objective") != "multi:softmax":
        predictions["probabilities"] = numbers(model.predict_proba(test, **margin))
    if not linear:
        predictions["leaves"] = numbers(model.apply(test))
    return {
        "model": sha256(model.get_booster().save_raw("json")),
        "saved": saved(model, folder),
        "predictions": predictions,
        "score": score_of(case, model, test, target),
        "importances": numbers(model.feature_importances_),
        "history": model.evals_result() if "eval_set" in given else None,
        "best": [model.best_iteration, float(model.best_score)]
        if "stopping" in case or "early_stopping_rounds" in case["params"]
        else None,
        "features": model.n_features_in_,
        "intercept": None if linear else numbers(model.intercept_),
    }


def main(folder):
    arrays = (folder / "arrays.bin").read_bytes()
    cases = json.loads((folder / "cases.json").read_text(), object_hook=decoder(arrays))
    warnings.simplefilter("ignore")
    library = Path(xgb.build_info()["libxgboost"])
    answer = {
        "library": hashlib.sha256(library.read_bytes()).hexdigest(),
        "cases": {case["name"]: run(case, folder) for case in cases},
    }
    (folder / "oracle.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
