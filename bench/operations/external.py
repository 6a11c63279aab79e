"""The Python side of external.mjs."""

import tempfile

import common
import pyarrow as pa
import xgboost as xgb

ROUNDS = 10


class Batches(xgb.DataIter):
    def __init__(self, table, cache):
        self.batches = table.to_batches()
        self.at = 0
        super().__init__(cache_prefix=cache)

    def next(self, input_data):
        if self.at == len(self.batches):
            return False
        batch = pa.Table.from_batches([self.batches[self.at]])
        self.at += 1
        input_data(data=batch.drop_columns(["label"]), label=batch.column("label").to_numpy())
        return True

    def reset(self):
        self.at = 0


def prepare():
    return common.read_table("higgs-batches.arrow")


def run(table):
    def work():
        with tempfile.TemporaryDirectory() as folder:
            dtrain = xgb.ExtMemQuantileDMatrix(Batches(table, f"{folder}/cache"))
            return xgb.train(common.TRAIN_PARAMS, dtrain, ROUNDS)

    ms, booster = common.timed(work)
    return {"value": ms, "check": booster.num_boosted_rounds()}
