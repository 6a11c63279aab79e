"""What the Python side of the benchmarks shares: the files, timing, parameters. The values are those of data.mjs."""

import os
import time
from pathlib import Path

import pyarrow as pa

FOLDER = Path(__file__).resolve().parent / "data"
NTHREAD = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
TRAIN_PARAMS = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "max_depth": 6,
    "eta": 0.1,
    "max_bin": 256,
}


def read_table(name):
    """The Arrow file, read into memory as a whole."""
    return pa.ipc.open_file(pa.py_buffer((FOLDER / name).read_bytes())).read_all()


def timed(work):
    """Milliseconds and the result."""
    begin = time.perf_counter_ns()
    result = work()
    return (time.perf_counter_ns() - begin) / 1e6, result
