"""One competitor in Python: the requests of worker.mjs, answered with the samples of clock.mjs."""

import json
import sys
import time
from pathlib import Path

import numpy as np

GROUP = 16


def read_rows(model, folder):
    """All rows of a model: float32, row-major."""
    suffix = "-missing" if model.get("missing") else ""
    flat = np.fromfile(folder / f"rows-{model['features']}{suffix}.f32", dtype=np.float32)
    return flat.reshape(-1, model["features"])


def measure(call, rows, batch, milliseconds):
    """Nanoseconds per row of call(begin) over the batches by turns."""
    batches = rows // batch
    group = GROUP if batch == 1 else 1
    at = 0
    samples = []
    clock = time.perf_counter_ns
    for i in range(4):
        call((i % batches) * batch)
    end = clock() + milliseconds * 1e6
    while clock() < end or len(samples) < 3:
        started = clock()
        for _ in range(group):
            call(at * batch)
            at = at + 1 if at + 1 < batches else 0
        samples.append((clock() - started) / (group * batch))
    samples.sort()
    pick = lambda q: samples[min(len(samples) - 1, int(q * len(samples)))]
    return {"min": samples[0], "p50": pick(0.5), "p99": pick(0.99), "samples": len(samples)}


def serve(load):
    """load(model, folder, threads) answers a function predict(begin, count); one line asks, one answers."""
    folder = Path(__file__).resolve().parent.parent.parent / "data" / "predict"
    predict = rows = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "model" in request:
                rows = len(read_rows(request["model"], folder))
                predict = load(request["model"], folder, request["threads"])
                answer = {"ok": True}
            elif "outputs" in request:
                np.asarray(predict(0, rows), dtype=np.float32).ravel().tofile(request["outputs"])
                answer = {}
            else:
                batch = request["batch"]
                answer = measure(lambda begin: predict(begin, batch), rows, batch, request["milliseconds"])
        except Exception as error:  # a competitor that cannot is a row of the table, not the end of it
            answer = {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
        print(json.dumps(answer), flush=True)
