"""Trains one small model of each kind with the installed XGBoost; prints one JSON object a line.

python models.py train            -> {"name", "ubj", "json", "rows", "cols", "x", "types", "names", "own"}
python models.py expect < lines   -> adds "expected": what this XGBoost predicts from the untouched UBJSON, and
                                     "saved": the SHA-256 of what it then saves as UBJSON and JSON;
                                     both null where it refuses the bytes or dies

Bytes are base64; x, own and expected are little-endian float32.
"""

import base64
import hashlib
import json
import os
import sys
import warnings

import numpy as np
import xgboost as xgb

warnings.filterwarnings("ignore")

ROWS = 60
COLS = 4
BASE = {"max_depth": 3, "eta": 0.4, "nthread": 1, "seed": 3, "verbosity": 0, "tree_method": "hist"}
SOFTPROB = {"objective": "multi:softprob", "num_class": 3}
VECTOR = {"multi_strategy": "multi_output_tree"}
LINEAR = {"booster": "gblinear", "tree_method": "auto", "updater": "coord_descent"}
WORDS = np.array(["b", "é", "a", "zz", "c", "d", "e"])
ASCII = np.array(["b", "f", "a", "zz", "c", "d", "e"])

rng = np.random.default_rng(7)
X = rng.normal(size=(ROWS, COLS)).astype(np.float32)
X[rng.random(X.shape) < 0.1] = np.nan
Z = np.nan_to_num(X)
Y = (Z[:, 0] - 2 * Z[:, 1] + Z[:, 2] * Z[:, 3] + 0.1 * rng.normal(size=ROWS)).astype(np.float32)
POSITIVE = np.exp(Y / 4).astype(np.float32)
BINARY = (Y > 0).astype(np.float32)
CLASSES = np.digitize(Y, [-1, 1]).astype(np.float32)
GRADES = np.clip(np.round(Y + 2), 0, 4)
TARGETS = np.stack([Y, -Y + Z[:, 3]], 1)
CODES = rng.integers(0, 7, size=ROWS)


def matrix(label, **more):
    return xgb.DMatrix(X, label=label, **more)


def train(params, data, rounds=3, **more):
    return xgb.train({**BASE, **params}, data, rounds, **more)


def update(params, data, model):
    return train({"process_type": "update", **params}, data, 3, xgb_model=model)


def ranked(objective, label=GRADES, **params):
    data = matrix(label)
    data.set_group([15, 15, 15, 15])
    return train({"objective": objective, **params}, data)


def survival():
    data = xgb.DMatrix(X)
    data.set_float_info("label_lower_bound", POSITIVE)
    data.set_float_info("label_upper_bound", POSITIVE * 2)
    return train({"objective": "survival:aft"}, data)


def categories(kind):
    import pandas as pd

    values = CODES * 10 if kind == "integers" else (ASCII if kind == "ascii" else WORDS)[CODES]
    frame = pd.DataFrame({"num": X[:, 0], "cat": pd.Categorical(values)})
    return xgb.DMatrix(frame, label=Y + CODES, enable_categorical=True)


def categorical(kind, **params):
    return train(params, categories(kind))


def named():
    names = ["größe", "価格", "a b", 'q"t']
    data = matrix(Y, feature_names=names, feature_types=["float", "q", "int", "float"])
    booster = train({}, data)
    booster.set_attr(note='naïve "quoted" \\ \t tab\n', best_iteration="2")
    return booster


def pruned_categories():
    data = categories("ascii")
    return update({"updater": "prune", "gamma": 30.0}, data, train({"max_depth": 4, "tree_method": "approx"}, data))


KINDS = {
    "squared-error": lambda: train({}, matrix(Y)),
    "logistic": lambda: train({"objective": "binary:logistic", "scale_pos_weight": 2.5}, matrix(BINARY)),
    "logit-raw": lambda: train({"objective": "binary:logitraw"}, matrix(BINARY)),
    "hinge": lambda: train({"objective": "binary:hinge"}, matrix(BINARY)),
    "base-score": lambda: train({"objective": "reg:logistic", "base_score": 0.3}, matrix(BINARY)),
    "softmax": lambda: train({"objective": "multi:softmax", "num_class": 3}, matrix(CLASSES)),
    "softprob": lambda: train({**SOFTPROB, "base_score": 0.2}, matrix(CLASSES)),
    "softprob-forest": lambda: train({**SOFTPROB, "num_parallel_tree": 2, "subsample": 0.7}, matrix(CLASSES), 2),
    "squared-log-error": lambda: train({"objective": "reg:squaredlogerror"}, matrix(POSITIVE)),
    "pseudo-huber": lambda: train({"objective": "reg:pseudohubererror", "huber_slope": 0.7}, matrix(Y)),
    "absolute-error": lambda: train({"objective": "reg:absoluteerror"}, matrix(Y)),
    "quantile": lambda: train({"objective": "reg:quantileerror", "quantile_alpha": 0.3}, matrix(Y)),
    "quantiles": lambda: train({"objective": "reg:quantileerror", "quantile_alpha": [0.1, 0.5, 0.9]}, matrix(Y)),
    "expectiles": lambda: train({"objective": "reg:expectileerror", "expectile_alpha": [0.2, 0.8]}, matrix(Y)),
    "poisson": lambda: train({"objective": "count:poisson"}, matrix(np.round(POSITIVE * 3))),
    "gamma": lambda: train({"objective": "reg:gamma"}, matrix(POSITIVE)),
    "tweedie": lambda: train({"objective": "reg:tweedie", "tweedie_variance_power": 1.3}, matrix(POSITIVE)),
    "cox": lambda: train({"objective": "survival:cox"}, matrix(POSITIVE * np.where(BINARY > 0, 1, -1))),
    "aft": survival,
    "rank-pairwise": lambda: ranked("rank:pairwise"),
    "rank-ndcg": lambda: ranked("rank:ndcg"),
    "rank-map": lambda: ranked("rank:map", BINARY),
    "rank-unbiased": lambda: ranked("rank:ndcg", lambdarank_unbiased=True),
    "dart": lambda: train({"booster": "dart", "rate_drop": 0.5, "one_drop": True}, matrix(Y), 5),
    "dart-softprob": lambda: train({"booster": "dart", "rate_drop": 0.5, **SOFTPROB}, matrix(CLASSES)),
    "linear": lambda: train(LINEAR, matrix(Y), 4),
    "linear-softprob": lambda: train({**LINEAR, **SOFTPROB}, matrix(CLASSES), 4),
    "categories-one-hot": lambda: categorical("ascii", max_cat_to_onehot=100),
    "categories-sets": lambda: categorical("ascii", max_cat_to_onehot=1),
    "categories-approx": lambda: categorical("ascii", max_cat_to_onehot=1, tree_method="approx"),
    "categories-integers": lambda: categorical("integers", max_cat_to_onehot=1),
    "categories-unicode": lambda: categorical("unicode", max_cat_to_onehot=1),
    "categories-pruned": pruned_categories,
    "targets": lambda: train({}, matrix(TARGETS)),
    "targets-vector": lambda: train(VECTOR, matrix(TARGETS)),
    "softprob-vector": lambda: train({**VECTOR, **SOFTPROB}, matrix(CLASSES)),
    "random-forest": lambda: train(
        {"num_parallel_tree": 4, "subsample": 0.6, "colsample_bynode": 0.7, "eta": 1}, matrix(Y), 1
    ),
    "loss-guide": lambda: train({"grow_policy": "lossguide", "max_depth": 0, "max_leaves": 9}, matrix(Y)),
    "exact": lambda: train({"tree_method": "exact"}, matrix(Y)),
    "pruned": lambda: train({"tree_method": "exact", "gamma": 4.0, "max_depth": 5}, matrix(Y)),
    "names": named,
    "continued": lambda: train({"max_depth": 2}, matrix(Y), 2, xgb_model=train({}, matrix(Y), 2)),
    "custom": lambda: train({}, matrix(Y), 3, obj=lambda p, d: (p - d.get_label(), np.ones(len(p), np.float32))),
    "no-rounds": lambda: train({}, matrix(Y), 0),
    "refreshed": lambda: update({"updater": "refresh", "refresh_leaf": True}, matrix(Y * 2), train({}, matrix(Y))),
    "sliced": lambda: train({}, matrix(Y), 6)[1:5:2],
    "one-leaf": lambda: train({"gamma": 1e9}, matrix(Y)),
}


def encode(values):
    raw = values if isinstance(values, bytes) else np.ascontiguousarray(values, dtype="<f4").tobytes()
    return base64.b64encode(raw).decode()


def rows_of(name):
    """Rows to predict; a column of categories holds its codes."""
    if name.startswith("categories"):
        return np.stack([X[:12, 0], CODES[:12].astype(np.float32)], 1)
    return X[:12]


def predict(booster, name):
    types, names = booster.feature_types, booster.feature_names
    data = xgb.DMatrix(rows_of(name), feature_types=types, feature_names=names, enable_categorical=True)
    return booster.predict(data)


def train_all():
    for name, make in KINDS.items():
        try:
            booster = make()
        except (xgb.core.XGBoostError, ValueError) as error:
            print(f"{xgb.__version__} cannot make {name}: {str(error).splitlines()[0]}", file=sys.stderr)
            continue
        rows = rows_of(name)
        line = {
            "name": name,
            "ubj": encode(bytes(booster.save_raw("ubj"))),
            "json": encode(bytes(booster.save_raw("json"))),
            "rows": rows.shape[0],
            "cols": rows.shape[1],
            "x": encode(rows),
            "types": booster.feature_types,
            "names": booster.feature_names,
            "own": encode(predict(booster, name)),
        }
        print(json.dumps(line))


def expect(line):
    booster = xgb.Booster({"nthread": 1})
    booster.load_model(bytearray(base64.b64decode(line["ubj"])))
    saved = {format: hashlib.sha256(booster.save_raw(format)).hexdigest() for format in ("ubj", "json")}
    return {"expected": encode(predict(booster, line["name"])), "saved": saved}


def in_a_child(work, *args):
    """What work answers, or None if it raises or dies: libxgboost may not survive what an old version wrote."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(writer, "w") as out:
                json.dump(work(*args), out)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None


def expect_all():
    for text in sys.stdin:
        line = json.loads(text)
        print(json.dumps({**line, **(in_a_child(expect, line) or {"expected": None, "saved": None})}))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    {"train": train_all, "expect": expect_all}[sys.argv[1]]()
