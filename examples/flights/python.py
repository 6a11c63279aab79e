"""The main job in Python, on the tables that export.mjs wrote: the same trees, the same AUC.

    node examples/flights/export.mjs build/flights
    python examples/flights/python.py build/flights [build/flights/best_model.ubj]

Given the model file of the main job, it also checks that both models predict the same bits.
"""

import sys
import time

import numpy as np
import pyarrow as pa
import xgboost as xgb

PARAMS = {"objective": "binary:logistic", "max_depth": 10, "eta": 0.3, "eval_metric": ["auc", "logloss"]}


def exact(column):
    """The column with a dictionary of exact buffer lengths: Python's XGBoost refuses those padded to eight bytes."""
    if not pa.types.is_dictionary(column.type):
        return column
    chunks = (pa.DictionaryArray.from_arrays(c.indices, pa.array(c.dictionary.to_pylist())) for c in column.chunks)
    return pa.chunked_array(chunks)


def read(path):
    table = pa.ipc.open_file(path).read_all()
    table = pa.table({name: exact(table[name]) for name in table.column_names})
    return xgb.DMatrix(table.drop_columns("late"), label=table["late"].to_numpy())


folder = sys.argv[1]
train, validation = (read(f"{folder}/{name}.arrow") for name in ("train", "validation"))
started = time.perf_counter()
booster = xgb.train(
    PARAMS,
    train,
    60,
    evals=[(train, "train"), (validation, "val")],
    early_stopping_rounds=10,
    verbose_eval=10,
)
print(f"trained {booster.num_boosted_rounds()} rounds in {time.perf_counter() - started:.1f} s")
print(booster.eval(validation, "val"))
if len(sys.argv) > 2:
    ours = xgb.Booster(model_file=sys.argv[2])
    assert np.array_equal(ours.predict(validation), booster.predict(validation)), "the models differ"
    print("the model of the main job predicts the same bits")
