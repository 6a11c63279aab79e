"""Python's xgboost: Booster.inplace_predict on a NumPy array."""

import xgboost

from clock import read_rows, serve


def load(model, folder, threads):
    booster = xgboost.Booster(model_file=folder / f"{model['name']}.ubj")
    booster.set_param({"nthread": threads})
    rows = read_rows(model, folder)
    return lambda begin, count: booster.inplace_predict(rows[begin : begin + count])


serve(load)
