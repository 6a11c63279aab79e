"""Writes a model as ONNX's TreeEnsembleRegressor followed by a sigmoid, for onnxruntime.

Usage: to_onnx.py MODEL.json MODEL.onnx
"""

import json
import math
import sys

from onnx import TensorProto, helper, save


def ensemble(model):
    """The node and leaf attributes of all trees."""
    names = ("treeids", "nodeids", "featureids", "modes", "values", "truenodeids", "falsenodeids")
    nodes = {f"nodes_{name}": [] for name in names}
    nodes["nodes_missing_value_tracks_true"] = []
    targets = {f"target_{name}": [] for name in ("treeids", "nodeids", "ids", "weights")}
    for number, tree in enumerate(model["trees"]):
        for node, left in enumerate(tree["left_children"]):
            leaf = left == -1
            values = (
                number,
                node,
                0 if leaf else tree["split_indices"][node],
                "LEAF" if leaf else "BRANCH_LT",
                0.0 if leaf else tree["split_conditions"][node],
                0 if leaf else left,
                0 if leaf else tree["right_children"][node],
            )
            for name, value in zip(names, values):
                nodes[f"nodes_{name}"].append(value)
            nodes["nodes_missing_value_tracks_true"].append(0 if leaf else tree["default_left"][node])
            if leaf:
                for name, value in zip(targets, (number, node, 0, tree["split_conditions"][node])):
                    targets[name].append(value)
    return {**nodes, **targets}


def convert(source, target):
    learner = json.load(open(source, encoding="utf-8"))["learner"]
    features = int(learner["learner_model_param"]["num_feature"])
    score = json.loads(learner["learner_model_param"]["base_score"])
    score = score[0] if isinstance(score, list) else score
    margin = -math.log(1 / score - 1)
    trees = helper.make_node(
        "TreeEnsembleRegressor",
        ["input"],
        ["margin"],
        domain="ai.onnx.ml",
        n_targets=1,
        base_values=[margin],
        post_transform="NONE",
        **ensemble(learner["gradient_booster"]["model"]),
    )
    sigmoid = helper.make_node("Sigmoid", ["margin"], ["probability"])
    graph = helper.make_graph(
        [trees, sigmoid],
        "forest",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [None, features])],
        [helper.make_tensor_value_info("probability", TensorProto.FLOAT, [None, 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    save(helper.make_model(graph, opset_imports=opsets, ir_version=8), target)


convert(*sys.argv[1:])
