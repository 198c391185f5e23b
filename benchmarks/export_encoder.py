"""Make the weights under `models/bge-small-en-medical` from the sentence-transformers model they descend from.

    python benchmarks/export_encoder.py FOLDER_OF_ALL_MINILM_L6_V2 models/bge-small-en-medical

The graph takes one text as token ids of shape (1, n) and returns its unit vector of shape (1, 384): mean pooling and
the division by the length are inside. There is no attention mask, because no text is ever padded: dynamic
quantisation scales the activations of a whole batch together, so a padded batch would let neighbours show in a vector.

MatMul weights become int8, one scale a column (quantising every operator costs accuracy); the word table becomes
float16, which halves the file and rounds by less than the int8 does. Everything else stays float32.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel

MAX_TOKENS = 256
"""What the model was trained to read; its position table would reach 512."""


class Pooled(torch.nn.Module):
    """Token ids of one unpadded text to its unit vector."""

    def __init__(self, bert: torch.nn.Module) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(input_ids=ids).last_hidden_state
        return torch.nn.functional.normalize(hidden.mean(dim=1), dim=1)


def export(source: Path, target: Path) -> None:
    """Write `model.onnx` and `tokenizer.json` into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    bert = AutoModel.from_pretrained(source, attn_implementation="eager", add_pooling_layer=False).eval()
    example = torch.randint(1000, 2000, (1, 17))
    with tempfile.TemporaryDirectory() as scratch:
        plain, quantised = Path(scratch, "plain.onnx"), Path(scratch, "int8.onnx")
        torch.onnx.export(
            Pooled(bert),
            (example,),
            str(plain),
            input_names=["ids"],
            output_names=["vector"],
            dynamic_axes={"ids": {1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain, quantised, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8
        )
        model = onnx.load(quantised)
    halve_word_table(model)
    onnx.checker.check_model(model)
    onnx.save(model, target / "model.onnx")

    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    tokenizer.save(str(target / "tokenizer.json"))


def halve_word_table(model: onnx.ModelProto) -> None:
    """Store the largest table that a Gather reads as float16, and cast what is gathered back to float32."""
    tables = {t.name: t for t in model.graph.initializer}
    gathers = [n for n in model.graph.node if n.op_type == "Gather" and n.input[0] in tables]
    gather = max(gathers, key=lambda n: np.prod(tables[n.input[0]].dims))
    table = tables[gather.input[0]]
    halved = numpy_helper.to_array(table).astype(np.float16)
    table.CopyFrom(numpy_helper.from_array(halved, table.name))
    full, gather.output[0] = gather.output[0], gather.output[0] + "_half"
    cast = helper.make_node("Cast", [gather.output[0]], [full], name="word_table_to_float", to=TensorProto.FLOAT)
    model.graph.node.insert(list(model.graph.node).index(gather) + 1, cast)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path, help="folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)  # onnxruntime asks for a preprocessing that changes nothing here
    export(given.source, given.target)
    sizes = {f.name: f.stat().st_size for f in sorted(given.target.iterdir())}
    print(json.dumps({"written": str(given.target), "bytes": sizes}))


if __name__ == "__main__":
    main()
