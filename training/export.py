"""From a trained network to the ONNX file that is shipped: int8 weights, one text a run.

The weights of matrix products become int8 with one scale a column (onnxruntime's dynamic quantisation; quantising
every operator costs accuracy), the word table int8 with one scale a row. Where quantised activations cost too much, a
product may be left in float32: its weights are int8 in the file all the same. Activations are scaled over a whole run,
so a network is exported for runs of one unpadded text: what it says must not depend on a text's neighbours.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval import telemetry

if TYPE_CHECKING:
    telemetry.off()
    import onnx
    import torch

OPSET = 17


def export(
    network: torch.nn.Module,
    example: Mapping[str, torch.Tensor],
    axes: Mapping[str, Mapping[int, str]],
    outputs: Sequence[str],
    path: Path,
    exact: str | None = None,
) -> None:
    """Write `network` to `path`; `example` holds its inputs by name, `axes` which of their dimensions vary.

    `exact` is a regular expression found in the names of the matrix products that are computed in float32.
    """
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # The tracing exporter names each layer's nodes after it, which `torch_recognizer.restored` reads; torch
    # calls it the old one, and tracing warns of every shape that it takes for fixed (they are named in `axes`).
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, quantised = Path(scratch, "plain.onnx"), Path(scratch, "int8.onnx")
        torch.onnx.export(
            network.eval(),
            tuple(example.values()),
            str(plain),
            input_names=list(example),
            output_names=list(outputs),
            dynamic_axes={name: dict(varying) for name, varying in axes.items()},
            opset_version=OPSET,
            dynamo=False,
        )
        kept = [
            node.name
            for node in onnx.load(plain).graph.node
            if node.op_type == "MatMul" and exact is not None and re.search(exact, node.name)
        ]
        quantize_dynamic(
            plain, quantised, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8,
            nodes_to_exclude=kept,
        )  # fmt: skip
        model = onnx.load(quantised)
    for name in kept:
        _shrink_weights(model, name)
    _shrink_word_table(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _shrink_weights(model: onnx.ModelProto, name: str) -> None:
    """Store the weights of the product `name` as int8 with a scale a column; loading restores them."""
    from onnx import TensorProto, helper, numpy_helper

    nodes = list(model.graph.node)
    at = next(at for at, node in enumerate(nodes) if node.name == name)
    (weights,) = (tensor for tensor in model.graph.initializer if tensor.name == nodes[at].input[1])
    values: Any = numpy_helper.to_array(weights).astype(np.float32)
    scales = np.maximum(np.abs(values).max(0), 1e-8) / 127
    whole = weights.name
    weights.CopyFrom(numpy_helper.from_array(np.round(values / scales).astype(np.int8), whole + "_int8"))
    model.graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), whole + "_scales"))
    model.graph.node.insert(at, helper.make_node("Cast", [whole + "_int8"], [whole + "_steps"], to=TensorProto.FLOAT))
    model.graph.node.insert(at + 1, helper.make_node("Mul", [whole + "_steps", whole + "_scales"], [whole]))


def _shrink_word_table(model: onnx.ModelProto) -> None:
    """Store the largest table that a Gather reads as int8 with a scale a row."""
    from onnx import TensorProto, helper, numpy_helper

    tables = {t.name: t for t in model.graph.initializer}
    gathers = [n for n in model.graph.node if n.op_type == "Gather" and n.input[0] in tables]
    gather = max(gathers, key=lambda n: int(np.prod(tables[n.input[0]].dims)))
    table = tables[gather.input[0]]
    values: Any = numpy_helper.to_array(table).astype(np.float32)
    scales = np.maximum(np.abs(values).max(1, keepdims=True), 1e-8) / 127
    table.CopyFrom(numpy_helper.from_array(np.round(values / scales).astype(np.int8), table.name))
    model.graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), table.name + "_scales"))
    # Not `_scale`: quantising a product that reads the table's rows makes an output of that name.
    ids, full = gather.input[1], gather.output[0]
    gather.output[0] = full + "_int8"
    nodes = [
        helper.make_node("Cast", [gather.output[0]], [full + "_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [table.name + "_scales", ids], [full + "_of_row"], axis=0),
        helper.make_node("Mul", [full + "_float", full + "_of_row"], [full]),
    ]
    at = list(model.graph.node).index(gather) + 1
    for offset, node in enumerate(nodes):
        model.graph.node.insert(at + offset, node)
