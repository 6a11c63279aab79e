"""The Python side of memory-bins.mjs."""

import resource

import common
import xgboost as xgb

ROUNDS = 10


def ingest():
    table = common.read_table("higgs-one.arrow")
    label = table.column("label").to_numpy()
    return xgb.QuantileDMatrix(table.drop_columns(["label"]), label=label)


def run(_):
    booster = xgb.train(common.TRAIN_PARAMS, ingest(), ROUNDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"value": peak, "check": booster.num_boosted_rounds()}
