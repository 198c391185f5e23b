"""Make the weights under `models/bge-small-zh-int8` from the ONNX of BAAI's bge-small-zh-v1.5.

    python benchmarks/export_chinese_encoder.py MODEL.onnx TOKENIZER.json TEXTS models/bge-small-zh-int8

The graph takes one text as token ids of shape (1, n), never padded, and returns its unit vector of shape (1, 384): the
state of the first token, as the model was trained, turned from 512 dimensions into the 384 that the English encoder
has. The turn is linear and made from TEXTS, Chinese passages, one a line, of which the first 5,000 are read: the
directions in which their vectors are longest (singular value decomposition, not centred, so that cosines stay).

MatMul weights become int8, one scale a column, the word table float16, as `export_encoder.py` has it.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

MAX_TOKENS = 256
DIMENSION = 384
TEXTS = 5_000


def export(weights: Path, tokens: Path, texts: list[str], target: Path) -> dict[str, float]:
    """Write `model.onnx` and `tokenizer.json` into `target`; return what the turn keeps of the squared lengths."""
    from export_encoder import halve_word_table

    target.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(tokens))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    with tempfile.TemporaryDirectory() as scratch:
        plain, quantised = Path(scratch, "plain.onnx"), Path(scratch, "int8.onnx")
        onnx.save(_pooled(onnx.load(weights), None), plain)
        session = onnxruntime.InferenceSession(plain, providers=["CPUExecutionProvider"])
        ids = (np.array([tokenizer.encode(text).ids], np.int64) for text in texts)
        vectors = np.vstack([session.run(None, {"ids": one})[0] for one in ids])
        _, lengths, directions = np.linalg.svd(vectors, full_matrices=False)
        onnx.save(_pooled(onnx.load(weights), np.ascontiguousarray(directions[:DIMENSION].T, np.float32)), plain)
        # The turn is left as it is: it is small, and what int8 rounds there nothing makes good again.
        quantize_dynamic(
            plain,
            quantised,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=["turn"],
        )
        model = onnx.load(quantised)
    halve_word_table(model)
    onnx.checker.check_model(model)
    onnx.save(model, target / "model.onnx")
    tokenizer.save(str(target / "tokenizer.json"))
    return {"kept": float((lengths[:DIMENSION] ** 2).sum() / (lengths**2).sum())}


def _pooled(model: onnx.ModelProto, turn: np.ndarray | None) -> onnx.ModelProto:
    """`model` from token ids alone to the unit vector of the first token, turned."""
    graph = model.graph
    ones = helper.make_tensor("one", TensorProto.INT64, [1], [1])
    zeros = helper.make_tensor("zero", TensorProto.INT64, [1], [0])
    for place, node in enumerate(
        (
            helper.make_node("Identity", ["ids"], ["input_ids"]),
            helper.make_node("Shape", ["ids"], ["ids_shape"]),
            helper.make_node("ConstantOfShape", ["ids_shape"], ["attention_mask"], value=ones),
            helper.make_node("ConstantOfShape", ["ids_shape"], ["token_type_ids"], value=zeros),
        )
    ):
        graph.node.insert(place, node)
    dimension = graph.output[0].type.tensor_type.shape.dim[2].dim_value
    graph.initializer.append(numpy_helper.from_array(np.array(0, np.int64), "first"))
    graph.node.append(helper.make_node("Gather", ["last_hidden_state", "first"], ["state"], axis=1))
    last = "state"
    if turn is not None:
        dimension = turn.shape[1]
        graph.initializer.append(numpy_helper.from_array(turn, "directions"))
        graph.node.append(helper.make_node("MatMul", ["state", "directions"], ["turned"], name="turn"))
        last = "turned"
    graph.node.append(helper.make_node("LpNormalization", [last], ["vector"], axis=1, p=2))
    del graph.input[:], graph.output[:], graph.value_info[:]
    graph.input.append(helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"]))
    graph.output.append(helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, dimension]))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", type=Path, help="ONNX with input_ids, attention_mask, token_type_ids")
    parser.add_argument("tokenizer", type=Path, help="its tokenizer.json")
    parser.add_argument("texts", type=Path, help="Chinese passages, one a line")
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)  # onnxruntime asks for a preprocessing that changes nothing here
    texts = given.texts.read_text(encoding="utf-8").splitlines()[:TEXTS]
    kept = export(given.model, given.tokenizer, texts, given.target)
    sizes = {f.name: f.stat().st_size for f in sorted(given.target.iterdir())}
    print(json.dumps({"written": str(given.target), "texts": len(texts), **kept, "bytes": sizes}))


if __name__ == "__main__":
    main()
