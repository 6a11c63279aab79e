"""Runs one operation with the Python package: prepare() once, then run(state) for each line on stdin.

Usage: worker.py OPERATION.py
"""

import importlib.util
import json
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
path = Path(sys.argv[1])
sys.path.insert(0, str(path.parent))
spec = importlib.util.spec_from_file_location(path.stem, path)
operation = importlib.util.module_from_spec(spec)
spec.loader.exec_module(operation)
state = operation.prepare() if hasattr(operation, "prepare") else None


def say(value):
    print(json.dumps(value), flush=True)


say({"ready": True})
for line in sys.stdin:
    if line.strip() == "run":
        say(operation.run(state))
