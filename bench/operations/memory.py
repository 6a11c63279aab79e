"""The Python side of memory.mjs."""

import resource

import common
import xgboost as xgb

ROUNDS = 10


def ingest():
    table = common.read_table("higgs-one.arrow")
    return xgb.DMatrix(table.drop_columns(["label"]), label=table.column("label").to_numpy())


def run(_):
    booster = xgb.train(common.TRAIN_PARAMS, ingest(), ROUNDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"value": peak, "check": booster.num_boosted_rounds()}
