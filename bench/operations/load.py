"""The Python side of load.mjs, which makes the file."""

import common
import xgboost as xgb

FORMAT = "ubj"


def prepare():
    return bytearray((common.FOLDER / f"large.{FORMAT}").read_bytes())


def load(data):
    booster = xgb.Booster()
    booster.load_model(data)
    return booster


def run(data):
    ms, booster = common.timed(lambda: load(data))
    return {"value": ms, "check": booster.num_boosted_rounds()}
