"""Encoders by name: the shipped ones, folders of weights, and models of a hub."""

from __future__ import annotations

from pathlib import Path

from retrieval.encoder import Encoder
from retrieval.errors import EncoderUnavailable
from retrieval.families import Family
from retrieval.family_encoder import FamilyEncoder
from retrieval.onnx_encoder import OnnxEncoder, given, name_of

CHINESE = "e5-small-zh-int8"
"""The shipped encoder of Chinese."""
SHIPPED = frozenset({"minilm-l6-int8", CHINESE})


def encoder_of(models: Path, name: str, chinese: str | None = None, *, threads: int | None = None) -> Encoder:
    """The encoder `name`, with `chinese` for Chinese texts, opened when the first of them comes.

    A name is of a folder in `models`, of any other that holds `model.onnx`, or of a sentence-transformers model.
    `chinese` is empty where `name` is for all languages; None is the shipped one beside a shipped one, else empty.
    Raises EncoderUnavailable.
    """
    encoder = _opened(models, name, threads)
    if chinese is None:
        chinese = CHINESE if name in SHIPPED else ""
    if not chinese:
        return encoder
    folder = _folder(models, chinese)
    if folder is None and chinese not in SHIPPED:
        # A model of a hub has no name that is known before it is opened.
        hub = _opened(models, chinese, threads)
        return FamilyEncoder(encoder, hub.name, lambda: hub)
    folders: dict[Family, Path | None] = {"rest": _folder(models, name), "zh": folder}
    measures = {family: given(place).unrelated for family, place in folders.items() if place}
    return FamilyEncoder(
        encoder,
        name_of(folder or models / chinese),
        lambda: _opened(models, chinese, threads),
        {family: measure for family, measure in measures.items() if measure},
    )


def _folder(models: Path, name: str) -> Path | None:
    """The folder of weights that a name is of, if it is of one."""
    places = (models / name, Path(name).expanduser())
    return next((place for place in places if (place / "model.onnx").is_file()), None)


def _opened(models: Path, name: str, threads: int | None) -> Encoder:
    if folder := _folder(models, name):
        return OnnxEncoder(folder, threads=threads)
    if name in SHIPPED:
        variable, kind = ("MEDGRAPH_CHINESE_ENCODER", "Chinese") if name == CHINESE else ("MEDGRAPH_ENCODER", "texts")
        raise EncoderUnavailable(
            f"no {name}, which encodes {kind}, in {models} (MEDGRAPH_MODELS): put that folder of the release there, "
            f"or name another encoder ({variable})"
        )
    from retrieval.sentence_transformer_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)
