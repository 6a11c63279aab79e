"""The Python side of interactions.mjs."""

import contributions


def prepare():
    return contributions.prepare(1000)


def run(state):
    return contributions.run(state, pred_interactions=True)
