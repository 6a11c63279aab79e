"""Runs the cases of cross-validation with the Python package. Usage: cv-oracle.py FOLDER."""

import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import xgboost as xgb

from oracle import STOPPING, decoder, matrix_of, mean_absolute, one_versus_rest, pseudo_huber, several_metrics

OBJECTIVES = {"pseudoHuber": pseudo_huber, "oneVersusRest": one_versus_rest}
METRICS = {"meanAbsolute": mean_absolute, "severalMetrics": several_metrics}


class Recorder(xgb.DMatrix):
    """Keeps which rows are sliced out: training rows and test rows in turn."""

    def slice(self, rindex, allow_groups=False):
        self.slices = [*getattr(self, "slices", []), np.asarray(rindex)]
        return super().slice(rindex, allow_groups)


def balance(dtrain, dtest, params):
    label = dtrain.get_label()
    params["scale_pos_weight"] = float(np.sum(label == 0)) / float(np.sum(label == 1))
    return dtrain, dtest, params


def digest(rows):
    return [len(rows), hashlib.sha256(np.ascontiguousarray(rows, dtype="<i4").tobytes()).hexdigest()]


def run(case):
    matrix = matrix_of(case["data"], case["params"]["nthread"])
    matrix.__class__ = Recorder
    options = dict(case["options"])
    if "stopping" in case:
        stopping = {STOPPING[name]: value for name, value in case["stopping"].items()}
        options["callbacks"] = [xgb.callback.EarlyStopping(**stopping)]
    if "learningRates" in case:
        options["callbacks"] = [xgb.callback.LearningRateScheduler(case["learningRates"])]
    if "objective" in case:
        options["obj"] = OBJECTIVES[case["objective"]]
    if "metric" in case:
        options["custom_metric"] = METRICS[case["metric"]]
    if "preprocess" in case:
        options["fpreproc"] = balance
    results = xgb.cv(case["params"], matrix, as_pandas=False, **options)
    return {
        "results": {name: [float(value) for value in values] for name, values in results.items()},
        "folds": [digest(rows) for rows in matrix.slices],
    }


def main(folder):
    arrays = (folder / "arrays.bin").read_bytes()
    cases = json.loads((folder / "cases.json").read_text(), object_hook=decoder(arrays))
    warnings.simplefilter("ignore")
    library = Path(xgb.build_info()["libxgboost"])
    answer = {
        "library": hashlib.sha256(library.read_bytes()).hexdigest(),
        "cases": {case["name"]: run(case) for case in cases},
    }
    (folder / "oracle.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
