"""The Python side of bins-batches.mjs."""

import common
from bins import run

__all__ = ["prepare", "run"]


def prepare():
    return common.read_table("higgs-batches.arrow")
