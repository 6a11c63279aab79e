"""Runs the parity cases with the Python package, or predicts with models that were written elsewhere.

Usage: oracle.py FOLDER [models]. FOLDER holds cases.json and arrays.bin, and for `models` models.json: UBJ by case.
"""

import base64
import hashlib
import importlib.machinery
import json
import pickle
import sys
import tempfile
import types
import warnings
from pathlib import Path

import numpy as np
import pyarrow as pa
import scipy.sparse
import xgboost as xgb

SNAKE = {
    "label": "label",
    "weight": "weight",
    "baseMargin": "base_margin",
    "group": "group",
    "qid": "qid",
    "labelLowerBound": "label_lower_bound",
    "labelUpperBound": "label_upper_bound",
    "featureWeights": "feature_weights",
    "featureNames": "feature_names",
    "featureTypes": "feature_types",
    "missing": "missing",
    "outputMargin": "output_margin",
    "predLeaf": "pred_leaf",
    "predContribs": "pred_contribs",
    "approxContribs": "approx_contribs",
    "predInteractions": "pred_interactions",
    "iterationRange": "iteration_range",
    "strictShape": "strict_shape",
    "training": "training",
}
STOPPING = {
    "rounds": "rounds",
    "saveBest": "save_best",
    "minDelta": "min_delta",
    "metricName": "metric_name",
    "dataName": "data_name",
    "maximize": "maximize",
}
IMPORTANCES = ["weight", "gain", "cover", "total_gain", "total_cover"]


def decoder(arrays):
    """Turns {"array": ...} and {"number": ...} of the request back into arrays and numbers."""

    def hook(found):
        if "array" in found and len(found) == 1:
            place = found["array"]
            raw = arrays[place["offset"] : place["offset"] + place["bytes"]]
            return np.frombuffer(raw, dtype=place["dtype"])
        if "number" in found and len(found) == 1:
            return float(found["number"])
        return found

    return hook


def tight(column):
    """The same dictionary column in buffers without padding, which is all that the Python package takes."""
    if not isinstance(column.type, pa.DictionaryType):
        return column
    array = column.combine_chunks()
    names = pa.array(array.dictionary.to_pylist(), array.type.value_type)
    return pa.DictionaryArray.from_arrays(array.indices, names)


def arrow_table(ipc):
    table = pa.ipc.open_file(pa.py_buffer(ipc)).read_all()
    return pa.table({name: tight(table.column(name)) for name in table.column_names})


def table_of(frame):
    """The form of the data that Python users would pass."""
    kind = frame["kind"]
    if kind == "dense":
        values, shape = frame["values"], (frame["rows"], frame["cols"])
        if "strides" not in frame:
            return values.reshape(shape)
        strides = [step * values.itemsize for step in frame["strides"]]
        return np.lib.stride_tricks.as_strided(values, shape, strides)
    if kind == "rows":
        return frame["rows"]
    if kind == "columns":
        return pa.table({name: pa.array(values) for name, values in frame["columns"].items()})
    if kind == "arrow":
        return arrow_table(frame["ipc"])
    parts = (frame["values"], frame["indices"], frame["indptr"])
    if kind == "csr":
        return scipy.sparse.csr_matrix(parts, shape=(len(frame["indptr"]) - 1, frame["size"]))
    return scipy.sparse.csc_matrix(parts, shape=(frame["size"], len(frame["indptr"]) - 1))


def value_of(value, table):
    """An option of a DMatrix: numbers, a matrix, or the name of a column."""
    if isinstance(value, dict):
        return value["values"].reshape(value["rows"], value["cols"])
    if isinstance(value, str):
        return table.column(value).to_numpy()
    return value


def features_of(part):
    """The table without the columns that an option took."""
    table = table_of(part["frame"])
    taken = [value for value in part["info"].values() if isinstance(value, str)]
    return table.drop_columns(taken) if taken else table


WHOLE = {"feature_names", "feature_types", "feature_weights"}
CACHE = tempfile.TemporaryDirectory()


class Batches(xgb.DataIter):
    """The rows of a table, `size` at a time."""

    def __init__(self, features, options, size, cache):
        self.features, self.options, self.size = features, options, size
        self.begin = 0
        super().__init__(cache_prefix=cache)

    def next(self, input_data):
        rows = self.features.num_rows if isinstance(self.features, pa.Table) else self.features.shape[0]
        if self.begin >= rows:
            return False
        begin, self.begin = self.begin, min(rows, self.begin + self.size)
        if isinstance(self.features, pa.Table):
            data = self.features.slice(begin, self.begin - begin).combine_chunks()
            data = pa.table({name: tight(data.column(name)) for name in data.column_names})
        else:
            data = self.features[begin : self.begin]
        cut = {k: v if k in WHOLE else v[begin : self.begin] for k, v in self.options.items()}
        input_data(data=data, **cut)
        return True

    def reset(self):
        self.begin = 0


def formed(part, features, options, nthread, ref):
    """What is made of a table besides a plain DMatrix."""
    form = part["as"]
    kind, bins = form["form"], {"max_bin": form.get("maxBin"), "ref": ref}
    if "batch" not in form and kind == "quantile":
        return xgb.QuantileDMatrix(features, nthread=nthread, **bins, **options)
    missing = options.pop("missing", None)
    rows = features.num_rows if isinstance(features, pa.Table) else features.shape[0]
    cache = None if kind == "quantile" else f"{CACHE.name}/{id(part)}"
    batches = Batches(features, options, form.get("batch", rows), cache)
    if kind == "external":
        return xgb.DMatrix(batches, nthread=nthread, missing=missing)
    make = xgb.QuantileDMatrix if kind == "quantile" else xgb.ExtMemQuantileDMatrix
    return make(batches, nthread=nthread, missing=missing, **bins)


def matrix_of(part, nthread, ref=None):
    table = table_of(part["frame"])
    options = {SNAKE[name]: value_of(value, table) for name, value in part["info"].items()}
    if "as" in part:
        return formed(part, features_of(part), options, nthread, ref)
    matrix = xgb.DMatrix(features_of(part), nthread=nthread, **options)
    return matrix.slice(part["slice"]) if "slice" in part else matrix


def pseudo_huber(predictions, dtrain):
    d = predictions.astype(np.float64) - dtrain.get_label().astype(np.float64)
    scale = np.sqrt(1 + d * d)
    return d / scale, 1 / (scale * scale * scale)


def one_versus_rest(predictions, dtrain):
    label = dtrain.get_label().astype(np.int64)
    grad = predictions.copy()
    grad[np.arange(len(label)), label] -= np.float32(1)
    return grad, np.ones_like(grad)


def mean_absolute(predictions, data):
    label = data.get_label().astype(np.float64)
    difference = np.abs(predictions.astype(np.float64).reshape(-1)[: len(label)] - label)
    return "mean-absolute", np.add.accumulate(difference)[-1] / len(label)


def several_metrics(predictions, data):
    return [mean_absolute(predictions, data), ("largest", float(predictions.max()))]


def squared_per_target(predictions, dtrain):
    label = dtrain.get_label().reshape(predictions.shape)
    return predictions - label, np.ones_like(predictions)


OBJECTIVES = {
    "pseudoHuber": pseudo_huber,
    "oneVersusRest": one_versus_rest,
    "squaredPerTarget": squared_per_target,
}
METRICS = {"meanAbsolute": mean_absolute, "severalMetrics": several_metrics}


def callbacks_of(case):
    callbacks = []
    if "stopping" in case:
        options = {STOPPING[name]: value for name, value in case["stopping"].items()}
        callbacks.append(xgb.callback.EarlyStopping(**options))
    if "learningRates" in case:
        callbacks.append(xgb.callback.LearningRateScheduler(case["learningRates"]))
    return callbacks


def read_line(line):
    """The numbers in a line of metrics: [data, metric, value] each."""
    entries = []
    for entry in line.split("\t")[1:]:
        name, value = entry.rsplit(":", 1)
        entries.append([*name.split("-", 1), float(value)])
    return entries


def stepped(case, dtrain, evals):
    """Create, update or boost, evaluate: what xgb.train does, call by call."""
    booster = xgb.Booster(case["params"], [data for data, _ in evals])
    history = {}
    for i in range(case["rounds"]):
        if "objective" in case:
            margins = booster.predict(dtrain, output_margin=True, training=True)
            grad, hess = OBJECTIVES[case["objective"]](margins, dtrain)
            booster.boost(dtrain, i, grad=grad, hess=hess)
        else:
            booster.update(dtrain, i)
        for data, metric, value in read_line(booster.eval_set(evals, i)):
            history.setdefault(data, {}).setdefault(metric, []).append(value)
    return booster, history


def first_training(case, dtrain, evals, options, folder):
    """The booster, its history, and the checkpoints by name."""
    if case.get("stepwise"):
        return *stepped(case, dtrain, evals), {}
    history = {}
    callbacks = callbacks_of(case)
    if "checkpoints" in case:
        callbacks.append(xgb.callback.TrainingCheckPoint(folder, name="parity", interval=case["checkpoints"]))
    booster = xgb.train(
        case["params"],
        dtrain,
        case["rounds"],
        early_stopping_rounds=case.get("earlyStoppingRounds"),
        callbacks=callbacks,
        evals_result=history,
        **options,
    )
    files = {
        f"checkpoint {path.name}": xgb.Booster(model_file=path).save_raw("json").decode()
        for path in sorted(Path(folder).iterdir())
    }
    return booster, history, files


def handed_over(booster, form, folder):
    """A model in one of the forms that xgb_model takes."""
    if form == "bytes":
        return booster.save_raw("ubj")
    if form == "file":
        path = Path(folder) / "model.json"
        booster.save_model(path)
        return path
    return booster


def train(case, folder):
    dtrain = matrix_of(case["train"], case["nthread"])
    evals = [(dtrain, "train")]
    if "valid" in case:
        evals.append((matrix_of(case["valid"], case["nthread"], dtrain), "valid"))
    options = {
        "evals": evals,
        "verbose_eval": False,
        "obj": OBJECTIVES.get(case.get("objective")),
        "custom_metric": METRICS.get(case.get("metric")),
        "maximize": case.get("maximize"),
    }
    booster, history, files = first_training(case, dtrain, evals, options, folder)
    cuts = cuts_of(case["train"], dtrain)
    if "continued" in case:
        continued = case["continued"]
        history = {}
        booster = xgb.train(
            {**case["params"], **continued["params"]},
            evals[1][0] if continued.get("on") == "valid" else dtrain,
            continued["rounds"],
            xgb_model=handed_over(booster, continued.get("from"), folder),
            early_stopping_rounds=continued.get("earlyStoppingRounds"),
            evals_result=history,
            **options,
        )
    return booster, history, files, cuts


def cuts_of(part, dtrain):
    """The bins of a quantile matrix."""
    if part.get("as", {"form": "external"})["form"] == "external":
        return {}
    borders, values = dtrain.get_quantile_cut()
    return {"cuts": tensor(values), "cut borders": tensor(borders)}


def tensor(values):
    values = np.ascontiguousarray(values, dtype="<f4")
    return {"shape": list(values.shape), "values": base64.b64encode(values.tobytes()).decode()}


def predictions_of(case, booster):
    nthread = case["nthread"]
    found = {}
    for name, options in case["predictions"].items():
        chosen = {SNAKE[key]: tuple(v) if key == "iterationRange" else v for key, v in options.items()}
        found[name] = tensor(booster.predict(matrix_of(case["test"], nthread), **chosen))
    for name, options in case["inplace"].items():
        chosen = {SNAKE[key]: value_of(value, None) for key, value in options.items()}
        if chosen.pop("output_margin", False):
            chosen["predict_type"] = "margin"
        if "iteration_range" in chosen:
            chosen["iteration_range"] = tuple(chosen["iteration_range"])
        found[f"inplace {name}"] = tensor(booster.inplace_predict(features_of(case["test"]), **chosen))
    return found


def dumps_of(booster, forms):
    found = {}
    for form in forms:
        for stats in (False, True):
            found[f"{form} with stats" if stats else form] = booster.get_dump(with_stats=stats, dump_format=form)
    return found


def categories_of(booster):
    exported = booster.get_categories(export_to_arrow=True).to_arrow()
    return {name: values.to_pylist() for name, values in exported if values is not None}


class Frame(dict):
    """As much of a pandas data frame as trees_to_dataframe needs: columns, sorted as it asks; missing is None."""

    def astype(self, _):
        return self

    def sort_values(self, keys):
        def rank(row):
            return [(self[key][row] is None, self[key][row] or 0) for key in keys]

        order = sorted(range(len(self[keys[0]])), key=rank)
        return Frame({name: [values[row] for row in order] for name, values in self.items()})

    def reset_index(self, drop):
        return self


def trees_of(booster):
    """The table of trees, column by column. The package finds a pandas that has Frame alone, for this call."""
    module = types.ModuleType("pandas")
    module.__spec__ = importlib.machinery.ModuleSpec("pandas", None)
    module.DataFrame = Frame
    sys.modules["pandas"] = module
    try:
        return booster.trees_to_dataframe()
    finally:
        del sys.modules["pandas"]


def twins_of(booster):
    """What a saved and loaded, and what a copied booster are like."""
    loaded = xgb.Booster(model_file=booster.save_raw("ubj"))
    reloaded = loaded.save_config()
    loaded.load_config(booster.save_config())
    copied = booster.copy()
    restored = pickle.loads(pickle.dumps(booster))
    return {
        "reloaded model": loaded.save_raw("json").decode(),
        "reloaded config": reloaded,
        "loaded config": loaded.save_config(),
        "copied model": copied.save_raw("json").decode(),
        "copied config": copied.save_config(),
        "restored model": restored.save_raw("json").decode(),
        "restored config": restored.save_config(),
    }


def spelled(value):
    """JSON has no infinities: they travel as text, spelled as JavaScript does."""
    if isinstance(value, dict):
        return {name: spelled(member) for name, member in value.items()}
    if isinstance(value, list):
        return [spelled(member) for member in value]
    if isinstance(value, float) and not np.isfinite(value):
        return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def optional(read):
    try:
        return read()
    except AttributeError:
        return None


def run(case):
    with tempfile.TemporaryDirectory() as folder:
        booster, history, files, cuts = train(case, folder)
    if "slice" in case:
        begin, end, step = case["slice"]
        booster = booster[begin:end:step]
    linear = case["params"].get("booster") == "gblinear"
    importances, forms = (["weight"], ["text", "json"]) if linear else (IMPORTANCES, ["text", "json", "dot"])
    test = matrix_of(case["test"], case["nthread"])
    return {
        "model": booster.save_raw("json").decode(),
        "ubj": base64.b64encode(booster.save_raw("ubj")).decode(),
        "config": booster.save_config(),
        "twins": {**twins_of(booster), **files},
        "history": spelled(history),
        "evaluated": spelled({metric: value for _, metric, value in read_line(booster.eval(test))}),
        "attributes": booster.attributes(),
        "rounds": booster.num_boosted_rounds(),
        "features": booster.num_features(),
        "featureNames": booster.feature_names,
        "featureTypes": booster.feature_types,
        "bestIteration": optional(lambda: booster.best_iteration),
        "bestScore": spelled(optional(lambda: booster.best_score)),
        "scores": spelled({kind: booster.get_score(importance_type=kind) for kind in importances}),
        "dumps": dumps_of(booster, forms),
        "categories": {} if linear else categories_of(booster),
        "trees": {} if linear else spelled(trees_of(booster)),
        "testMatrix": [test.num_row(), test.num_col(), test.num_nonmissing()],
        "predictions": {**predictions_of(case, booster), **cuts},
    }


def predict_with(case, model):
    """The values that a model written elsewhere predicts, through both of its formats."""
    booster = xgb.Booster(model_file=bytearray(base64.b64decode(model)))
    booster.set_param({"nthread": case["nthread"], "device": "cpu"})
    again = xgb.Booster(model_file=booster.save_raw("json"))
    again.set_param({"nthread": case["nthread"]})
    test = matrix_of(case["test"], case["nthread"])
    return {
        "model": booster.save_raw("json").decode(),
        "value": tensor(booster.predict(test)),
        "again": tensor(again.predict(test)),
    }


def main(folder, models):
    arrays = (folder / "arrays.bin").read_bytes()
    cases = json.loads((folder / "cases.json").read_text(), object_hook=decoder(arrays))
    warnings.simplefilter("ignore")
    if models:
        written = json.loads((folder / "models.json").read_text())
        answer = {case["name"]: predict_with(case, written[case["name"]]) for case in cases}
        (folder / "predicted.json").write_text(json.dumps(answer))
        return
    library = Path(xgb.build_info()["libxgboost"])
    results, failures = {}, {}
    for case in cases:
        try:
            results[case["name"]] = run(case)
        except Exception as error:  # the other cases go on, and the test of this one says why it failed
            failures[case["name"]] = f"{type(error).__name__}: {error}"
    answer = {
        "xgboost": xgb.__version__,
        "library": hashlib.sha256(library.read_bytes()).hexdigest(),
        "cases": results,
        "failures": failures,
    }
    (folder / "oracle.json").write_text(json.dumps(answer, allow_nan=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), models=sys.argv[2:] == ["models"])
