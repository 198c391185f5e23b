"""No sentence on drugs together reassures for want of evidence, tells what follows as stated, or changes a severity."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import PUBLIC, Assertion, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.checking.checker import Checker
from qa.checking.together import reassures
from qa.drugs.model import Derived
from qa.evidence.interacting import derivation, interaction, search
from qa.evidence.kinds import DerivedEvidence, FactEvidence, SearchedEvidence
from qa.evidence.material import Material
from qa.evidence.reasons import Interacts
from qa.evidence.wording import Words
from qa.model import Sentence

WARFARIN, METFORMIN, ASPIRIN = Words("Warfarin", "华法林"), Words("Metformin", "二甲双胍"), Words("Aspirin", "阿司匹林")


def row(subject: str, object: str, predicate: str = "interacts_with") -> Assertion:
    return Assertion.new(subject, predicate, object, source="BOOK", sentence="a record", record=subject)


def fact(id: str, stated: Assertion, because: Interacts | None) -> FactEvidence:
    plain = ("Aspirin interacts with Warfarin", "阿司匹林与华法林存在相互作用")
    return FactEvidence(
        id=id,
        assertion=stated,
        subject_name="Aspirin",
        object_name="Warfarin",
        clauses=plain if because is None else interaction(because, plain, {}),
        title="The Book",
        version="",
        address="",
        counted=None,
        because=because,
    )


GRADED = Interacts((ASPIRIN, WARFARIN), "major", "Major", Words("Both thin the blood."), Words("Avoid.", "避免。"))
STATED = fact("E1", row("DB:aspirin", "DB:warfarin"), GRADED)
FOLLOWS = Derived("class", "moderate", Words("Both lower sugar."), Words(), ())
CHAIN = (fact("", row("DB:metformin", "DB:warfarin"), None),)
DERIVED = DerivedEvidence(
    id="E2",
    drugs=(METFORMIN, WARFARIN),
    severity="moderate",
    mechanism=FOLLOWS.mechanism,
    management=FOLLOWS.management,
    chain=CHAIN,
    clauses=derivation((METFORMIN, WARFARIN), FOLLOWS.severity, FOLLOWS.mechanism, FOLLOWS.management, CHAIN),
)
LOWER = replace(
    DERIVED,
    id="E4",
    clauses=derivation((METFORMIN, WARFARIN), "moderate", Words("Both lower sugar."), Words("Lower Metformin."), CHAIN),
)
BOOK = Source("BOOK", "curated", title="The Book", version="7")
ABSENT = ((METFORMIN, ASPIRIN),)
SEARCHED = SearchedEvidence("E3", BOOK, ABSENT, (), False, search(BOOK, ABSENT, (), closed=False))


@pytest.fixture(scope="module")
def checker(curated: GraphStore) -> Checker:
    evidence = (STATED, DERIVED, SEARCHED, LOWER)
    entities = curated.entities({id for e in evidence for id in e.entities}, access=None)
    return Checker(Material(evidence, (), entities), GraphView(curated, PUBLIC))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Aspirin with Warfarin: major. What to do: Avoid.", ("E1",)),
        ("阿司匹林与华法林：严重。处理：避免。", ("E1",)),
        (DERIVED.text, ("E2",)),
        (DERIVED.said("zh"), ("E2",)),
        (SEARCHED.text, ("E3",)),
        (SEARCHED.said("zh"), ("E3",)),
        ("Derived: Metformin with Warfarin: moderate, lower Metformin.", ("E4",)),
    ],
)
def test_what_the_evidence_says_may_be_said(checker: Checker, text: str, ids: tuple[str, ...]) -> None:
    assert checker.objection(Sentence(text, ids)) is None


@pytest.mark.parametrize(
    ("text", "ids", "kind"),
    [
        ("No interaction of Metformin with Aspirin was found in The Book.", ("E3",), "reassuring"),
        ("Metformin with Aspirin was not found in The Book.", ("E3",), "reassuring"),
        ("Metformin is safe with Aspirin; that is no proof of safety.", ("E3",), "reassuring"),
        ("二甲双胍与阿司匹林没有相互作用。", ("E3",), "reassuring"),
        ("二甲双胍与阿司匹林可以放心合用，这不能证明安全。", ("E3",), "reassuring"),
        ("Aspirin can be taken together with Warfarin.", ("E1",), "reassuring"),
        ("Metformin with Warfarin: moderate.", ("E2",), "unmarked"),
        ("Derived: Metformin and Aspirin interact with Warfarin.", ("E1", "E2"), "mixed"),
        ("Aspirin with Warfarin: minor.", ("E1",), "severity"),
        ("阿司匹林与华法林：轻微。", ("E1",), "severity"),
        ("The interaction of Aspirin with Warfarin is mild.", ("E1",), "severity"),
        ("Derived: Metformin with Warfarin: serious.", ("E2",), "severity"),
        (
            "There is no evidence that Metformin and Aspirin interact; that is no proof of safety.",
            ("E3",),
            "reassuring",
        ),
        ("Metformin and Aspirin can be taken; that is no proof of safety.", ("E3",), "reassuring"),
        ("没有证据表明二甲双胍与阿司匹林有相互作用，这不能证明安全。", ("E3",), "reassuring"),
        ("Aspirin with Warfarin: major, and cures gout.", ("E1",), "unsupported"),
        ("Derived: Metformin with Warfarin: moderate, lower Warfarin.", ("E4",), "turned"),
    ],
)
def test_what_misleads_may_not(checker: Checker, text: str, ids: tuple[str, ...], kind: str) -> None:
    objection = checker.objection(Sentence(text, ids))
    assert objection is not None
    assert objection.kind == kind


def test_sources_differ_only_where_they_do(checker: Checker) -> None:
    objection = checker.objection(
        Sentence("Sources grade Aspirin with Warfarin differently: The Book: major.", ("E1",))
    )
    assert objection is not None
    assert objection.kind == "undisputed"


@pytest.mark.parametrize(
    "text",
    [
        "There is no interaction.",
        "They do not interact.",
        "It is safe.",
        "没有相互作用。",
        "可以放心。",
        "可以一起吃。",
    ],
)
def test_what_reassures(text: str) -> None:
    assert reassures(text)


@pytest.mark.parametrize(
    "text",
    [
        "That is no proof of safety.",
        "It is not safe.",
        "They interact.",
        "这不能证明安全。",
        "不可以一起吃。",
        "不安全。",
    ],
)
def test_what_does_not_reassure(text: str) -> None:
    assert not reassures(text)


def test_a_closed_source_proves_nothing_and_says_so() -> None:
    closed = replace(SEARCHED, closed=True, clauses=search(BOOK, (), (), closed=True))
    assert "closed by its licence" in closed.text
