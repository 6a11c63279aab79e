"""The Python side of bins.mjs."""

import common
import xgboost as xgb

FILE = "higgs-one.arrow"


def prepare():
    return common.read_table(FILE)


def run(table):
    def ingest():
        label = table.column("label").to_numpy()
        return xgb.QuantileDMatrix(table.drop_columns(["label"]), label=label)

    ms, matrix = common.timed(ingest)
    return {"value": ms, "check": [matrix.num_row(), matrix.num_col(), matrix.num_nonmissing()]}
