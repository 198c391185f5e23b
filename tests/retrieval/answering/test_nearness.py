from collections.abc import Sequence
from typing import Literal

import numpy as np
import pytest

from retrieval.answering.candidates import candidates
from retrieval.answering.nearness import SHARED, Nearness
from retrieval.encoder import Vectors
from retrieval.glossary import Glossary
from retrieval.model import DocumentInfo, Hit, Passage

AXES = ("gout", "colchicine", "diarrhoea", "痛风")


class Counting:
    """An encoder over four words: each text is the sum of the axes of those it holds. Notes what it is given."""

    name, dimension = "counting/1", 4

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        self.given += [f"{kind}: {text}" for text in texts]
        rows = np.array([[axis in text.lower() for axis in AXES] for text in texts], np.float32).reshape(-1, 4)
        lengths = np.sqrt(rows.sum(1, keepdims=True)).astype(np.float32)
        vectors: Vectors = rows / np.maximum(lengths, np.float32(1))
        return vectors

    def close(self) -> None:
        pass


TEXT = "Colchicine in gout\nColchicine and gout. Diarrhoea was seen."


def rows() -> list[tuple[float, float, float]]:
    return Nearness(Counting(), None).of("colchicine diarrhoea", found())


def found() -> list:  # type: ignore[type-arg]  # candidates, as they come
    passage = Passage("1" * 32, "D", 0, "abstract", 0, len(TEXT), TEXT)
    return candidates([Hit(passage, DocumentInfo("D", title="Colchicine in gout"), 1.0)], {})


def test_what_is_left_without_the_title_tells_sentences_apart() -> None:
    title, topic, harm = rows()
    assert topic[0] == pytest.approx(0.5)
    assert harm[0] == pytest.approx(0.7071, abs=1e-3)
    assert topic[1] == pytest.approx(topic[0] - SHARED * 0.5)
    assert harm[1] == pytest.approx(harm[0])
    assert (title[2], topic[2]) == (0, 0)
    assert harm[2] > 0.8


def test_a_sentence_is_encoded_once() -> None:
    encoder = Counting()
    nearness = Nearness(encoder, None)
    first = nearness.of("gout", found())
    count = len(encoder.given)
    assert nearness.of("gout", found()) == first
    assert encoder.given[count:] == ["query: gout"]


def test_a_question_is_asked_in_the_language_of_the_passage() -> None:
    encoder = Counting()
    Nearness(encoder, Glossary([("痛风", "gout")])).of("痛风怎么治？", found())
    assert "query: gout" in encoder.given
    assert Nearness(Counting(), None).of("痛风", found())[0][0] == 0
