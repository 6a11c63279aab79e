"""The Python side of train.mjs."""

import hashlib

import common
import xgboost as xgb

ROUNDS = 20


def prepare():
    return common.read_table("higgs-one.arrow")


def run(table):
    label = table.column("label").to_numpy()
    dtrain = xgb.DMatrix(table.drop_columns(["label"]), label=label)
    ms, booster = common.timed(lambda: xgb.train(common.TRAIN_PARAMS, dtrain, ROUNDS))
    return {"value": ms, "check": hashlib.sha256(booster.save_raw("json")).hexdigest()}
