"""The weights of a BERT out of the ONNX file that it was published in, so that it can be trained further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile


def restored(path: Path, heads: int) -> Any:
    """The network of `path`, a transformers BertModel without a pooling layer, in evaluation mode.

    An exporter keeps the names of biases and tables and loses those of the weights of products: each is found through
    the bias that is added to what it makes. `heads` is the number of attention heads, which no weight tells.
    Raises MalformedFile where a weight of a BERT is missing.
    """
    import torch
    from transformers import BertConfig, BertModel

    weights = {name: torch.tensor(value) for name, value in _named(path).items()}
    words = weights.get("embeddings.word_embeddings.weight")
    inner = weights.get("encoder.layer.0.intermediate.dense.bias")
    positions = weights.get("embeddings.position_embeddings.weight")
    if words is None or inner is None or positions is None:
        raise MalformedFile(str(path), "", "it does not hold the weights of a BERT by their names")
    network = BertModel(
        BertConfig(
            vocab_size=words.shape[0],
            hidden_size=words.shape[1],
            num_hidden_layers=sum(name.endswith("attention.self.query.bias") for name in weights),
            num_attention_heads=heads,
            intermediate_size=inner.shape[0],
            max_position_embeddings=positions.shape[0],
        ),
        add_pooling_layer=False,
    )
    if missing := sorted(network.state_dict().keys() - weights.keys()):
        raise MalformedFile(str(path), missing[0], f"{len(missing)} weights of a BERT are missing")
    network.load_state_dict({name: weights[name] for name in network.state_dict()})
    network.train(False)
    return network


def _named(path: Path) -> dict[str, Any]:
    """The weights of an ONNX file as arrays, by the names that they had before it was written."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    made_by = {output: node for node in graph.node for output in node.output}
    named = {name: value for name, value in held.items() if name.startswith(("embeddings", "encoder"))}
    for node in graph.node:
        bias = next((name for name in node.input if name in held and name.endswith(".bias")), None)
        product = next((made_by[name] for name in node.input if name in made_by), None)
        if node.op_type == "Add" and bias and product is not None and product.op_type == "MatMul":
            (weight,) = (name for name in product.input if name in held)
            named[bias.removesuffix("bias") + "weight"] = held[weight].T.copy()
    return named
