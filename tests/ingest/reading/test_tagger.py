"""What every tagger keeps, the dictionary's and the trained models'."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.reading.dictionary.bilingual import Bilingual
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.linking.linker import Linker
from ingest.reading.recognition.chinese_recognizer import ChineseRecognizer
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer
from ingest.reading.tagger import Annotator, Tagger
from ingest.reading.trained_tagger import Models, TrainedTagger

MODELS = Path(__file__).resolve().parents[3] / "models"
TEXTS = (
    "Metformin is given for diabetes mellitus; the patient denies asthma.",
    "",
    "No fever.\r\n\tAspirin (ASA) 100 mg 🙂 was stopped. ASA caused nausea and vomiting.",
    "患者否认哮喘，服用阿司匹林后出现恶心。",
)


@pytest.fixture(scope="module")
def models() -> Iterator[Models]:
    opened = Models(
        OnnxRecognizer(MODELS / "ner-en", threads=1),
        ChineseRecognizer(MODELS / "ner-zh", threads=1),
        Linker(MODELS / "linker-mesh"),
        Bilingual([], "none"),
    )
    yield opened
    opened.close()
    opened.close()  # is harmless


@pytest.fixture(params=["dictionary", "trained", "both"])
def any_tagger(request: pytest.FixtureRequest, tagger: DictionaryTagger, models: Models) -> Tagger:
    if request.param == "dictionary":
        return tagger
    return TrainedTagger(models, tagger if request.param == "both" else None, threads=2)


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_mentions_stand_where_they_say_in_order_and_apart(any_tagger: Tagger, language: str) -> None:
    rows = any_tagger.tag(TEXTS, language)
    assert len(rows) == len(TEXTS)
    assert rows[1] == []
    for text, row in zip(TEXTS, rows, strict=True):
        assert all(text[m.start : m.end] == m.surface and m.surface for m in row)
        places = list(dict.fromkeys((m.start, m.end) for m in row))
        assert places == sorted(places)
        assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert any(rows)


def test_a_text_is_read_the_same_in_any_company(any_tagger: Tagger) -> None:
    together = any_tagger.tag(TEXTS, "en")
    assert together == [any_tagger.tag([text], "en")[0] for text in TEXTS]
    assert any_tagger.tag([], "en") == []


def test_the_trained_tagger_takes_spans_and_the_dictionary_does_not(models: Models, tagger: DictionaryTagger) -> None:
    assert isinstance(TrainedTagger(models), Annotator)
    assert not isinstance(tagger, Annotator)
