"""The Python side of ingest-batches.mjs."""

import common
from ingest import run

__all__ = ["prepare", "run"]


def prepare():
    return common.read_table("higgs-batches.arrow")
