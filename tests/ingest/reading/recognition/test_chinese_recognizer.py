"""The shipped Chinese recognizer on sentences of our own."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.recognition.chinese_recognizer import ChineseRecognizer
from ingest.vocabulary import entity_type

FOLDER = Path(__file__).resolve().parents[4] / "models" / "ner-zh"
QUESTION = "医生你好，我最近总是头痛、咳嗽，医院说是支气管炎，需要吃阿莫西林吗？"
RECORD = (
    "患者3月前因“胃癌”在我院行胃癌根治术,术后病理示中分化腺癌。今日为行化疗入院,予奥沙利铂静滴,"
    "查血常规未见明显异常,腹部CT示肝脏未见占位,无发热、腹痛。"
)


@pytest.fixture(scope="module")
def recognizer() -> ChineseRecognizer:
    return ChineseRecognizer(FOLDER)


def found(recognizer: ChineseRecognizer, text: str) -> set[tuple[str, str]]:
    return {(text[span.start : span.end], span.label) for span in recognizer.recognize([text])[0]}


def test_a_question_has_the_labels_of_questions(recognizer: ChineseRecognizer) -> None:
    assert {("头痛", "symptom"), ("咳嗽", "symptom"), ("支气管炎", "disease"), ("阿莫西林", "drug")} <= found(
        recognizer, QUESTION
    )


def test_a_record_has_the_labels_of_records(recognizer: ChineseRecognizer) -> None:
    assert {("胃癌", "疾病和诊断"), ("奥沙利铂", "药物"), ("腹痛", "症状")} <= found(recognizer, RECORD)


def test_labels_may_be_asked_for() -> None:
    spans = ChineseRecognizer(FOLDER, labels="cEHRNER").recognize([QUESTION])[0]
    assert spans
    assert {span.label for span in spans} <= {
        "疾病和诊断",
        "症状",
        "药物",
        "解剖部位",
        "手术",
        "影像检查",
        "实验室检验",
    }


def test_what_the_graph_calls_the_labels_is_known() -> None:
    """Only a person, a season, a department, a feature and a bodily function are nothing but a Concept."""
    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    labels = {label for kinds in config["corpora"].values() for label in kinds}
    concepts = {label for label in labels if entity_type(label) == "Concept"}
    assert concepts == {"crowd", "department", "feature", "physiology", "time"}


@pytest.mark.parametrize(
    ("other", "plain"),
    [
        ("醫生你好，我最近總是頭痛，醫院說是支氣管炎。", "医生你好，我最近总是头痛，医院说是支气管炎。"),
        ("患者血压１５０／９０ｍｍＨｇ，头痛。", "患者血压150/90mmhg,头痛。"),
        ("我 得了 支气管炎 ，咳嗽 。", "我得了支气管炎,咳嗽。"),
    ],
)
def test_other_forms_are_read_as_the_plain_one(recognizer: ChineseRecognizer, other: str, plain: str) -> None:
    def surfaces(text: str) -> list[str]:
        return [text[span.start : span.end] for span in recognizer.recognize([text])[0]]

    assert len(surfaces(other)) == len(surfaces(plain)) > 0
    assert [len(surface) for surface in surfaces(other)] == [len(surface) for surface in surfaces(plain)]


@pytest.mark.parametrize("text", ["", " \n\u3000", "\u200b\ud800", "。", "😀😀", "\x00"])
def test_a_text_of_nothing_has_nothing(recognizer: ChineseRecognizer, text: str) -> None:
    assert recognizer.recognize([text]) == [[]]


def test_mixed_letters_and_signs_do_not_shift_offsets(recognizer: ChineseRecognizer) -> None:
    text = "😀服用Amoxicillin 0.5g后出現頭痛😵‍💫，體溫37.5℃，確診為支氣管炎。"
    spans = recognizer.recognize([text])[0]
    assert "支氣管炎" in [text[span.start : span.end] for span in spans]


def test_a_long_text_is_read_to_its_end(recognizer: ChineseRecognizer) -> None:
    text = RECORD * 40
    spans = recognizer.recognize([text])[0]
    drugs = [span.start for span in spans if text[span.start : span.end] == "奥沙利铂"]
    assert len(drugs) == 40
    assert {b - a for a, b in pairwise(drugs)} == {len(RECORD)}


def test_a_text_is_read_the_same_in_any_company(recognizer: ChineseRecognizer) -> None:
    texts = [QUESTION, RECORD * 3, "", "咳嗽"]
    assert recognizer.recognize(texts) == [recognizer.recognize([text])[0] for text in texts]


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.one_of(st.sampled_from("头痛頭癌患者胃炎，ＣＲ1２ \u200fα℃😀\ud800"), st.characters()), max_size=80)
)
def test_offsets_are_those_of_the_text(recognizer: ChineseRecognizer, text: str) -> None:
    spans = recognizer.recognize([text])[0]
    assert all(0 <= span.start < span.end <= len(text) and 0 < span.score <= 1 for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
