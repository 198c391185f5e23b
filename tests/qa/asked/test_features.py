"""What a router sees: kinds in the place of names, whatever their language and case."""

from __future__ import annotations

import numpy as np
import pytest

from qa.asked.features import features, plain
from qa.model import AskedEntity


def named(surface: str, type: str, id: str = "X:1") -> AskedEntity:
    return AskedEntity(id, type, surface, surface, False, "")


def seen(text: str, *entities: AskedEntity) -> set[tuple[int, float]]:
    buckets, weights = features(text, entities)
    return set(zip(buckets.tolist(), np.round(weights, 5).tolist(), strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("mechanism of metformin", "metformin"), ("Mechanism of Warfarin", "Warfarin")),
        (("二甲双胍的机制", "二甲双胍"), ("华法林的机制", "华法林")),
    ],
)
def test_a_name_stands_for_its_kind(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert seen(one[0], named(one[1], "Drug")) == seen(other[0], named(other[1], "Drug"))
    assert seen(one[0], named(one[1], "Drug")) != seen(one[0], named(one[1], "Gene"))
    assert seen(one[0], named(one[1], "Drug")) != seen(one[0])


def test_a_class_is_a_drug_and_a_concept_stays_a_word() -> None:
    assert seen("are statins safe?", named("statins", "Concept", "ATC:C10AA")) == seen(
        "are statins safe?", named("statins", "Drug")
    )
    assert seen("incidence of gout", named("incidence", "Concept")) == seen("incidence of gout")


def test_a_name_is_a_whole_word() -> None:
    assert plain("what is OCD", [named("CD", "Disease")]) == "what is ocd"
    assert plain("what is CD?", [named("CD", "Disease")]) == "what is the disease ?"
    assert plain("克罗恩病怎么治", [named("克罗恩病", "Disease")]) == "某病怎么治"


def test_any_text_has_features() -> None:
    for text in ("", "?", "🙂", "x" * 5000):
        buckets, weights = features(text, [])
        assert isinstance(plain(text, []), str)
        assert len(buckets) == len(weights)
        assert np.isfinite(weights).all()
