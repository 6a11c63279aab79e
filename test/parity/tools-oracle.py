"""Runs the cases of the tools with the Python package. Usage: tools-oracle.py FOLDER."""

import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import xgboost as xgb
from xgboost.interpret import shap_values

from oracle import decoder, features_of, matrix_of


class Scheduler(xgb.callback.TrainingCallback):
    """Sets each parameter before the round its value is for."""

    def __init__(self, schedule):
        super().__init__()
        self.schedule = schedule

    def before_iteration(self, model, epoch, evals_log):
        model.set_param({name: values[epoch] for name, values in self.schedule.items()})
        return False


def sha(data):
    return hashlib.sha256(data).hexdigest()


def model_hash(booster):
    return sha(booster.save_raw("json"))


def tensor(values):
    return [list(values.shape), sha(np.ascontiguousarray(values, dtype="<f4").tobytes())]


def shap(booster, wanted):
    options = {name: value for name, value in wanted.items() if name != "data"}
    if "iteration_range" in options:
        options["iteration_range"] = tuple(options["iteration_range"])
    values, bias = shap_values(booster, matrix_of(wanted["data"], booster_threads(booster)), **options)
    return [tensor(values), tensor(bias)]


def booster_threads(booster):
    return int(json.loads(booster.save_config())["learner"]["generic_param"]["nthread"])


def recoded(case, booster):
    part, threads = case["recoded"], case["params"]["nthread"]
    table = features_of(part)
    label = matrix_of(part, threads).get_label()
    categories = booster.get_categories()
    matrix = xgb.DMatrix(table, label=label, feature_types=categories, nthread=threads)
    further = xgb.train(case["params"], matrix, 3, xgb_model=booster)
    names = matrix.get_categories(export_to_arrow=True).to_arrow()
    return {
        "values": sha(np.ascontiguousarray(matrix.get_data().data, dtype="<f4").tobytes()),
        "predicted": tensor(booster.predict(matrix)),
        "leaves": tensor(booster.predict(matrix, pred_leaf=True)),
        "inPlace": tensor(booster.inplace_predict(table)),
        "further": model_hash(further),
        "categories": [[name, values.to_pylist()] for name, values in names if values is not None],
    }


def run(case):
    dtrain = matrix_of(case["train"], case["params"]["nthread"])
    callbacks = [Scheduler(case["schedule"])] if "schedule" in case else []
    booster = xgb.train(case["params"], dtrain, case["rounds"], callbacks=callbacks)
    answer = {"model": model_hash(booster)}
    if "histograms" in case:
        found = [
            booster.get_split_value_histogram(feature, bins=bins, as_pandas=False)
            for feature, bins in case["histograms"]
        ]
        answer["histograms"] = [[list(table[:, 0]), list(table[:, 1])] for table in found]
    if "shap" in case:
        answer["shap"] = shap(booster, case["shap"])
    if "cuts" in case:
        indptr, values = dtrain.get_quantile_cut()
        answer["cuts"] = [[int(at) for at in indptr], sha(np.ascontiguousarray(values, dtype="<f4").tobytes())]
    if "recoded" in case:
        answer["recoded"] = recoded(case, booster)
    return answer


def main(folder):
    arrays = (folder / "arrays.bin").read_bytes()
    cases = json.loads((folder / "cases.json").read_text(), object_hook=decoder(arrays))
    warnings.simplefilter("ignore")
    library = Path(xgb.build_info()["libxgboost"])
    answer = {"library": sha(library.read_bytes()), "cases": {case["name"]: run(case) for case in cases}}
    (folder / "oracle.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
