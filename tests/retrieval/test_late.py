"""The best hits read again, word by word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval import late
from retrieval.encoder import TokenEncoder
from retrieval.faiss_index import FaissIndexes
from retrieval.model import PUBLIC, DocumentInfo, Filter, Hit, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher

TEXTS = (
    "Warfarin raised the risk of bleeding in patients who also took aspirin.",
    "Clopidogrel lowered the rate of stroke in patients who also took aspirin.",
    "The bridge was painted green in the year after the flood.",
)


def hit(number: int, text: str, score: float) -> Hit:
    id = passage_id(f"A:{number}", 0, len(text), text)
    return Hit(
        Passage(id, f"A:{number}", 0, "", 0, len(text), text), DocumentInfo(f"A:{number}"), score, {"words": 1.0}
    )


def hits(*texts: str) -> list[Hit]:
    return [hit(number, text, 2 - number / 10) for number, text in enumerate(texts)]


def test_what_holds_the_words_of_the_question_comes_first(onnx: OnnxEncoder) -> None:
    found = late.reread(onnx, "Does clopidogrel prevent stroke?", hits(*TEXTS), {"clopidogrel": 6.0, "stroke": 3.0})
    assert [one.passage.text for one in found] == [TEXTS[1], TEXTS[0], TEXTS[2]]
    assert found[0].parts["rerank"] > found[1].parts["rerank"] > found[2].parts["rerank"]
    assert found[0].parts["words"] == 1.0
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)


def test_what_is_not_read_stays_behind_in_its_order(onnx: OnnxEncoder) -> None:
    many = hits(*(f"{text} {number}" for number in range(8) for text in TEXTS))
    found = late.reread(onnx, "clopidogrel", many, {"clopidogrel": 5.0})
    assert found[late.READ :] == many[late.READ :]
    assert {one.passage.id for one in found} == {one.passage.id for one in many}
    assert min(one.score for one in found[: late.READ]) >= found[late.READ].score


def test_chinese_passages_are_left_as_they_are(onnx: OnnxEncoder) -> None:
    found = late.reread(onnx, "clopidogrel and stroke", hits("氯吡格雷降低卒中的发生率。", TEXTS[1]), {})
    assert [("rerank" in one.parts) for one in found] == [True, False]


def test_nothing_found_and_a_question_of_signs(onnx: OnnxEncoder) -> None:
    assert late.reread(onnx, "stroke", [], {}) == []
    assert len(late.reread(onnx, "?!", hits(*TEXTS), {})) == 3


def test_a_search_reads_the_best_again_and_gives_as_many_as_asked_for(onnx: OnnxEncoder, tmp_path: Path) -> None:
    with_words = [(one.document, [one.passage], onnx.encode([one.passage.text])) for one in hits(*TEXTS)]
    store = PassageStore(tmp_path / "passages.sqlite")
    store.replace(with_words, encoder=onnx.name)
    searcher = Searcher(store, onnx, FaissIndexes(), tmp_path / "index")
    (first,) = searcher.search("Does clopidogrel prevent stroke?", filter=Filter(PUBLIC), k=1, mode="rerank")
    assert first.passage.text == TEXTS[1]
    assert "rerank" in first.parts
    (plain,) = searcher.search("Does clopidogrel prevent stroke?", filter=Filter(PUBLIC), k=1)
    assert "rerank" not in plain.parts
    searcher.close()
    store.close()


def test_a_rare_word_says_more_than_a_common_one(tmp_path: Path) -> None:
    store = PassageStore(tmp_path / "passages.sqlite")
    vector = np.array([[1, 0]], np.float32)
    store.replace([(one.document, [one.passage], vector) for one in hits(*TEXTS)], encoder="any")
    rarity = store.rarity(["patients", "Clopidogrel", "unheard"], access=PUBLIC)
    assert rarity["unheard"] > rarity["Clopidogrel"] > rarity["patients"] > 0
    store.close()


@pytest.mark.parametrize("name", ["onnx", pytest.param("sentence_transformer", marks=pytest.mark.model)])
def test_an_encoder_says_where_its_tokens_stand(name: str, request: pytest.FixtureRequest) -> None:
    encoder = request.getfixturevalue(name)
    assert isinstance(encoder, TokenEncoder)
    text = "Warfarin and aspirin"
    (read,) = encoder.tokens([text])
    assert read.vectors.shape == (len(read.spans), encoder.dimension)
    words = [text[a:b] for a, b in read.spans]
    assert "".join(words).lower() == "warfarinandaspirin"
    (none,) = encoder.tokens([""])
    assert none.vectors.shape[0] == 0
