"""The Python side of start.mjs: imports nothing but what it needs."""

from pathlib import Path

import numpy as np
import xgboost as xgb

MODEL = Path(__file__).resolve().parents[1] / "data" / "higgs.ubj"


def run(_):
    booster = xgb.Booster(model_file=str(MODEL))
    return {"check": float(booster.inplace_predict(np.full((1, 28), 0.5, dtype=np.float32))[0])}
