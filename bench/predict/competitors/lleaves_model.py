"""lleaves on a LightGBM model of the same shape (trees, leaves, features), trained on rows of the same kind.

Another model, so its outputs are its own; lleaves must agree with LightGBM.
"""

import lightgbm
import lleaves
import numpy as np

from clock import read_rows, serve


def train(model, rows):
    leaves = model.get("leaves") or 2 ** model["depth"]
    filled = np.nan_to_num(rows[:20_000])
    score = np.sin(filled * 2).sum(axis=1) + filled[:, 0] * filled[:, 1]
    params = {
        "objective": "binary",
        "num_leaves": leaves,
        "max_depth": model["depth"] or -1,
        "min_data_in_leaf": 1,
        "learning_rate": 0.1,
        "verbose": -1,
    }
    data = lightgbm.Dataset(rows[:20_000], (score > np.median(score)).astype(np.float32))
    return lightgbm.train(params, data, model["trees"])


def load(model, folder, threads):
    path = folder / f"{model['name']}.lightgbm.txt"
    rows = read_rows(model, folder)
    if not path.exists():
        train(model, rows).save_model(path)
    compiled = lleaves.Model(model_file=str(path))
    compiled.compile(cache=str(path.with_suffix(".o")))
    doubles = rows.astype(np.float64)
    return lambda begin, count: compiled.predict(doubles[begin : begin + count], n_jobs=threads)


serve(load)
