from __future__ import annotations

import pytest

from graph.model import Assertion, Source
from qa.evidence.interacting import search
from qa.evidence.kinds import FactEvidence, SearchedEvidence
from qa.evidence.material import Material
from qa.evidence.reasons import Interacts
from qa.evidence.wording import Words
from qa.writing.together import leads, of_drugs, of_one, unfound

WARFARIN, ASPIRIN = Words("Warfarin", "华法林"), Words("Aspirin", "阿司匹林")
BOOK = Source("book", "curated", title="The Book", version="7")
ABSENT = ((WARFARIN, ASPIRIN),)
SEARCHED = SearchedEvidence("E3", BOOK, ABSENT, ("Xyz",), False, search(BOOK, ABSENT, ("Xyz",), closed=False))


def stated(id: str, source: str, because: Interacts) -> FactEvidence:
    return FactEvidence(
        id=id,
        assertion=Assertion.new("X:1", "interacts_with", "X:2", source=source, sentence=id, record=id),
        subject_name="Warfarin",
        object_name="Aspirin",
        clauses=("Warfarin interacts with Aspirin", "华法林与阿司匹林存在相互作用"),
        title=source,
        version="",
        address="",
        counted=None,
        because=because,
    )


MAJOR = stated("E1", "A", Interacts((WARFARIN, ASPIRIN), "major", "Major", Words(), Words("Avoid.")))
MINOR = stated("E2", "B", Interacts((WARFARIN, ASPIRIN), "minor", "Minor", Words(), Words()))


def test_the_worst_stands_first_then_who_says_so_then_that_they_differ() -> None:
    sentences = of_drugs(Material((MINOR, MAJOR)), "en")
    assert [s.text for s in sentences] == [
        "Warfarin with Aspirin: major. What to do: Avoid.",
        "According to B: Warfarin interacts with Aspirin.",
        "According to A: Warfarin interacts with Aspirin.",
        "Sources grade Warfarin with Aspirin differently: B: minor, A: major.",
    ]
    assert leads(Material((MINOR, MAJOR)), "en") == sentences[:1]


def test_the_advice_of_a_milder_source_is_marked_and_never_stands_under_what_is_contraindicated() -> None:
    never = stated("E1", "A", Interacts((WARFARIN, ASPIRIN), "contraindicated", "", Words(), Words()))
    severe = stated("E1", "A", Interacts((WARFARIN, ASPIRIN), "major", "", Words(), Words()))
    mild = stated("E2", "B", Interacts((WARFARIN, ASPIRIN), "moderate", "", Words(), Words("Monitor.", "监测。")))
    assert leads(Material((never, mild)), "en")[0].text == "Warfarin with Aspirin: contraindicated."
    assert leads(Material((severe, mild)), "en")[0].text == (
        "Warfarin with Aspirin: major. What to do, by a source that grades it otherwise (moderate): Monitor."
    )
    assert "（据分级不同的来源，中度）：监测" in leads(Material((severe, mild)), "zh")[0].text


@pytest.mark.parametrize(("language", "unproven"), [("en", "no proof of safety"), ("zh", "不能证明安全")])
def test_what_was_not_found_and_not_checked_is_said(language: str, unproven: str) -> None:
    absent, unchecked = unfound(Material((SEARCHED,)), language)
    assert unproven in absent.text
    assert unproven in unchecked.text
    assert "Xyz" in unchecked.text
    assert absent.citations == unchecked.citations == ("E3",)


def test_a_list_of_one_drug_says_how_many_more() -> None:
    because = Interacts((WARFARIN, ASPIRIN), "major", "Major", Words(), Words(), more=3)
    (sentence,) = of_one(Material((stated("E1", "A", because),)), "en")
    assert sentence.text == "Stated of Warfarin, major: Aspirin and 3 more."
    assert of_drugs(Material((stated("E1", "A", because),)), "en") == []
