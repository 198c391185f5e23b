"""Groups of diseases of a patient's text: what is read, that shares add up, and that what is shipped reads both
languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.differential.group_names import GROUPS
from qa.differential.groups import BUCKETS, Groups, opened, read, scale, softmax

SHIPPED = Path(__file__).resolve().parents[3] / "models" / "disease-groups" / "weights.npz"


@pytest.fixture(scope="module")
def shipped() -> Groups:
    return opened(SHIPPED)


def buckets(text: str) -> set[int]:
    return {feature.bucket for feature in read(text)[1]}


@pytest.mark.parametrize(
    ("text", "group", "word"),
    [
        ("Itchy red scaly plaques on both elbows and knees for months", "skin", "scaly"),
        ("Painful red eye with blurred vision and photophobia", "eye", "eye"),
        ("58M, flank pain, blood in urine, difficulty passing urine", "renal-urinary", "urine"),
        ("眼睛红，疼痛，怕光，视物模糊两天", "eye", "眼"),
        ("情绪低落，失眠，对什么都没兴趣，想自杀", "psychiatric", "自杀"),
        ("皮肤瘙痒，红斑，脱屑三个月", "skin", "瘙痒"),
    ],
)
def test_what_is_shipped_reads_both_languages(shipped: Groups, text: str, group: str, word: str) -> None:
    first = shipped.of(text)[0]
    assert first.group == group
    assert any(word in spoken.text for spoken in first.words)
    assert all(text[spoken.start : spoken.end] == spoken.text for spoken in first.words)


def test_shares_of_all_tokens_and_the_intercept_are_the_logit(shipped: Groups) -> None:
    text = "34F with cough, no fever"
    tokens, features = read(text)
    column = shipped.columns.index("respiratory-infection")
    rows = shipped.weights[[feature.bucket for feature in features], column].astype(float)
    shares = np.zeros(len(tokens))
    for feature, weight in zip(features, rows, strict=True):
        shares[list(feature.tokens)] += weight * shipped.scales[column] * scale(len(features)) / len(feature.tokens)
    assert shipped.intercepts[column] + shares.sum() == pytest.approx(shipped.logits(text)[column], rel=1e-4)


def test_probabilities_are_of_all_groups(shipped: Groups) -> None:
    every = shipped.of("sore throat", limit=100)
    assert {each.group for each in every} == set(GROUPS)
    assert sum(each.probability for each in every) == pytest.approx(1, abs=1e-5)
    assert [each.probability for each in every] == sorted((each.probability for each in every), reverse=True)


def test_a_text_without_a_letter_has_no_group(shipped: Groups) -> None:
    assert shipped.of("") == shipped.of(" ... ") == ()


def test_what_is_denied_counts_apart_to_the_end_of_its_clause() -> None:
    assert not buckets("no fever") & buckets("fever")
    assert buckets("no rash, fever") >= buckets("fever")
    assert not buckets("无发热、咳嗽") & buckets("咳嗽")
    assert buckets("无皮疹，咳嗽") >= buckets("咳嗽")


def test_an_age_counts_as_a_stage_of_life_and_case_does_not_count() -> None:
    assert buckets("41 year old") == buckets("62 YEAR old") != buckets("7 year old")
    assert buckets("6岁") == buckets("9岁") != buckets("66岁")
    assert buckets("發熱") == buckets("发热")


def test_a_file_of_other_weights_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "less.npz", weights=np.zeros((2, 2), np.int8))
    with pytest.raises(ValueError, match="lacks columns"):
        opened(tmp_path / "less.npz")
    other: Any = {name: np.ones(1) for name in ("scales", "intercepts", "temperature", "shares", "diseases", "members")}
    np.savez(tmp_path / "other.npz", columns=np.array(["heart"]), weights=np.zeros((BUCKETS, 1), np.int8), **other)
    with pytest.raises(ValueError, match="unknown groups"):
        opened(tmp_path / "other.npz")


def test_softmax_keeps_large_logits() -> None:
    assert softmax(np.array([1e4, 1e4], np.float32)).tolist() == [0.5, 0.5]


def test_every_group_has_both_names() -> None:
    assert all(words.en and words.zh for words in GROUPS.values())
