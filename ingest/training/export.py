"""From a trained network to the ONNX file that is shipped: int8 weights, one text a run.

The weights of matrix products become int8 with one scale a column (onnxruntime's dynamic quantisation; quantising
every operator costs accuracy), the word table int8 with one scale a row. Activations are scaled over a whole run, so
a network is exported for runs of one unpadded text: what it says must not depend on a text's neighbours.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import onnx
    import torch

OPSET = 17


def export(
    network: torch.nn.Module,
    example: Mapping[str, torch.Tensor],
    axes: Mapping[str, Mapping[int, str]],
    outputs: Sequence[str],
    path: Path,
) -> None:
    """Write `network` to `path`; `example` holds its inputs by name, `axes` which of their dimensions vary."""
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # The tracing exporter names each layer's nodes after it, which `ingest.torch_recognizer.restored` reads; torch
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
        quantize_dynamic(
            plain, quantised, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8
        )
        model = onnx.load(quantised)
    _shrink_word_table(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


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
    ids, full = gather.input[1], gather.output[0]
    gather.output[0] = full + "_int8"
    nodes = [
        helper.make_node("Cast", [gather.output[0]], [full + "_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [table.name + "_scales", ids], [full + "_scale"], axis=0),
        helper.make_node("Mul", [full + "_float", full + "_scale"], [full]),
    ]
    at = list(model.graph.node).index(gather) + 1
    for offset, node in enumerate(nodes):
        model.graph.node.insert(at + offset, node)
