"""Trains survival models with the Python package, or exchanges files of them.

Usage: survival-oracle.py FOLDER [files]. FOLDER holds cases.json and arrays.bin; for `files` request.json: our model and
rows to predict, and a model is left for the other side.
"""

import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import xgboost as xgb

from lifelines_concordance import concordance_index
from oracle import decoder


def sha(data):
    return hashlib.sha256(data).hexdigest()


def rows_of(values, cols):
    return np.asarray(values, dtype="f4").reshape(-1, cols)


def trained(case):
    times = {name: case[name] for name in ("label", "label_lower_bound", "label_upper_bound") if name in case}
    dtrain = xgb.QuantileDMatrix(rows_of(case["x"], case["cols"]), nthread=2, **times)
    return xgb.train({**case["params"], "nthread": 2}, dtrain, case["rounds"])


def run(case):
    booster = trained(case)
    predicted = booster.predict(xgb.DMatrix(rows_of(case["valid"], case["cols"])))
    signed = case["times"]
    later = -predicted if case["params"]["objective"] == "survival:cox" else predicted
    return {
        "trees": sha("\n".join(booster.get_dump(dump_format="json")).encode()),
        "predicted": sha(predicted.astype("<f4").tobytes()),
        "concordance": float(concordance_index(np.abs(signed), later, signed > 0)),
    }


def files(folder):
    request = json.loads((folder / "request.json").read_text())
    X = rows_of(request["valid"], request["cols"])
    ours = xgb.Booster(model_file=folder / "ours.ubj")
    regressor = xgb.XGBRegressor()
    regressor.load_model(folder / "ours.ubj")
    python = xgb.train(request["params"], xgb.DMatrix(X, label=request["times"]), 5)
    python.save_model(folder / "python.ubj")
    answer = {
        "ours": ours.predict(xgb.DMatrix(X)).tolist(),
        "regressor": regressor.predict(X).tolist(),
        "python": python.predict(xgb.DMatrix(X)).tolist(),
    }
    (folder / "answer.json").write_text(json.dumps(answer))


def main(folder):
    arrays = (folder / "arrays.bin").read_bytes()
    cases = json.loads((folder / "cases.json").read_text(), object_hook=decoder(arrays))
    library = Path(xgb.build_info()["libxgboost"])
    answer = {"library": sha(library.read_bytes()), "cases": {case["name"]: run(case) for case in cases}}
    (folder / "oracle.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    (files if "files" in sys.argv[2:] else main)(Path(sys.argv[1]))
