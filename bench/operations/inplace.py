"""The Python side of inplace.mjs."""

import hashlib

import common
import numpy as np
import xgboost as xgb

ROWS = 100_000


def prepare():
    table = common.read_table("higgs-one.arrow").drop_columns(["label"])
    columns = [column.chunk(0).to_numpy()[:ROWS] for column in table.columns]
    matrix = np.ascontiguousarray(np.stack(columns, axis=1))
    return xgb.Booster(model_file=str(common.FOLDER / "higgs.ubj")), matrix


def run(state):
    booster, matrix = state
    ms, values = common.timed(lambda: booster.inplace_predict(matrix))
    return {"value": ms, "check": hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()}
