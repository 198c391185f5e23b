from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from retrieval.answering.features import NAMES
from retrieval.answering.ranker import SentenceRanker, weights_in
from retrieval.errors import EncoderUnavailable
from retrieval.model import DocumentInfo, Hit, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore

ROOT = Path(__file__).resolve().parents[3]
TITLE = "Cetirizine with pseudoephedrine\n"
BODY = (
    TITLE + "We aimed to study how fast cetirizine starts to work. ",
    "The first effect was seen after 20 minutes. It lasted a day. Further studies are needed. ",
)
QUESTION = "How many minutes until cetirizine has its first effect?"


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(ROOT / "models" / "minilm-l6-int8")


@pytest.fixture
def store(tmp_path: Path, encoder: OnnxEncoder) -> PassageStore:
    store = PassageStore(tmp_path / "passages.sqlite")
    passages, at = [], 0
    for ordinal, text in enumerate(BODY):
        end = at + len(text)
        passages.append(Passage(passage_id("D", at, end, text), "D", ordinal, "abstract", at, end, text))
        at = end
    info = DocumentInfo("D", title=TITLE.strip(), access=frozenset({"ward"}))
    store.replace([(info, passages, encoder.encode(BODY))], encoder=encoder.name)
    return store


def hits(store: PassageStore, which: Sequence[int] = (0,)) -> list[Hit]:
    info = store.documents(["D"])["D"]
    return [Hit(store.passages_of("D", access=None)[ordinal], info, 1.0) for ordinal in which]


@pytest.fixture
def ranker(store: PassageStore, encoder: OnnxEncoder) -> SentenceRanker:
    return SentenceRanker(weights_in(ROOT / "models" / "sentences"), encoder, store)


def test_the_answer_stands_before_title_and_aim_though_another_passage_was_found(
    ranker: SentenceRanker, store: PassageStore
) -> None:
    ranked = ranker.rank(QUESTION, hits(store), access=None)
    assert ranked[0].sentence.text == "The first effect was seen after 20 minutes."
    text = store.text("D", access=None)
    assert all(text[one.sentence.start : one.sentence.end] == one.sentence.text for one in ranked)
    assert sum(one.probability for one in ranked) == pytest.approx(1, abs=0.01)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert ranked[0].score == pytest.approx(sum(ranked[0].parts.values()), abs=0.01)


def test_a_sentence_that_leans_on_another_brings_it(ranker: SentenceRanker, store: PassageStore) -> None:
    by_text = {one.sentence.text: one for one in ranker.rank(QUESTION, hits(store), access=None)}
    before = by_text["It lasted a day."].context
    assert before is not None
    assert before.text == "The first effect was seen after 20 minutes."


def test_what_a_reader_may_not_see_is_not_read_beside(ranker: SentenceRanker, store: PassageStore) -> None:
    texts = {one.sentence.text for one in ranker.rank(QUESTION, hits(store), access=frozenset({"public"}))}
    assert "It lasted a day." not in texts
    assert "It lasted a day." in {
        one.sentence.text for one in ranker.rank(QUESTION, hits(store), access=frozenset({"ward"}))
    }


def test_the_same_twice_and_no_more_than_asked_for(ranker: SentenceRanker, store: PassageStore) -> None:
    first = ranker.rank(QUESTION, hits(store, (1, 0)), access=None, k=2)
    assert first == ranker.rank(QUESTION, hits(store, (1, 0)), access=None, k=2)
    assert len(first) == 2


@pytest.mark.parametrize("question", ["", "the of and", "？", "西替利嗪多久起效？", "\x00\x07", "a" * 50_000, "\ud800"])
def test_any_question_ranks_something(ranker: SentenceRanker, store: PassageStore, question: str) -> None:
    ranked = ranker.rank(question, hits(store), access=None)
    assert len(ranked) == 6 - 1
    assert all(np.isfinite(one.score) for one in ranked)


def test_nothing_found_nothing_ranked(ranker: SentenceRanker, store: PassageStore) -> None:
    assert ranker.rank(QUESTION, [], access=None) == []
    assert ranker.rank(QUESTION, hits(store), access=None, k=0) == []


def test_weights_that_are_not_there_or_of_other_features(
    tmp_path: Path, store: PassageStore, encoder: OnnxEncoder
) -> None:
    with pytest.raises(EncoderUnavailable, match=r"weights\.json"):
        weights_in(tmp_path)
    for wrong in ('{"format": 1}', '{"format": 1, "weights": {"words": 1}}', "[", '{"format": 9, "weights": {}}'):
        (tmp_path / "weights.json").write_text(wrong)
        with pytest.raises(EncoderUnavailable):
            weights_in(tmp_path)
    with pytest.raises(ValueError, match="features"):
        SentenceRanker({"words": 1.0}, encoder, store)
    assert set(weights_in(ROOT / "models" / "sentences")) == set(NAMES)
