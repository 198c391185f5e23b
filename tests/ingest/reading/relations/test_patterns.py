from __future__ import annotations

import re
from typing import Any

import pytest

from ingest.model import Mention
from ingest.reading.relations.patterns import VERSION, Patterns
from ingest.reading.relations.possible import possible
from ingest.reading.relations.triggers import ANY_TRIGGER, RULES

NAMES = {
    "zantol": ("Drug", "MESH:C1"), "brevia": ("Drug", "MESH:C2"), "hives": ("Disease", "MESH:D1"),
    "gout": ("Disease", "MESH:D2"), "nausea": ("Phenotype", "HP:1"), "ABC1": ("Gene", "NCBIGene:1"),
    "痛风": ("Disease", "MESH:D2"), "恶心": ("Phenotype", "HP:1"), "赞妥": ("Drug", "MESH:C1"),
}  # fmt: skip
ZANTOL, HIVES, GOUT, NAUSEA = "MESH:C1", "MESH:D1", "MESH:D2", "HP:1"


def mentions(text: str) -> list[Mention]:
    places = ((text.find(name), name, *kind) for name, kind in NAMES.items() if name in text)
    return [Mention(at, at + len(name), name, type, id, 1.0) for at, name, type, id in sorted(places)]


def stated(text: str) -> list[tuple[str, str, str, str, str]]:
    findings = Patterns().find(text, mentions(text), "en")
    return [(f.subject, f.predicate, f.object, f.polarity, f.certainty) for f in findings]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Zantol: zantol causes hives.", (ZANTOL, "causes", HIVES, "affirmed", "certain")),
        ("We saw zantol-induced hives.", (ZANTOL, "causes", HIVES, "affirmed", "certain")),
        ("zantol did not cause hives.", (ZANTOL, "causes", HIVES, "negated", "certain")),
        ("zantol may cause hives.", (ZANTOL, "causes", HIVES, "affirmed", "possible")),
        ("We asked whether zantol causes hives.", (ZANTOL, "causes", HIVES, "affirmed", "hypothetical")),
        ("hives caused by zantol.", (ZANTOL, "causes", HIVES, "affirmed", "certain")),
        ("gout was treated with zantol.", (ZANTOL, "treats", GOUT, "affirmed", "certain")),
        ("No evidence that zantol is effective in the treatment of gout.",
         (ZANTOL, "treats", GOUT, "negated", "certain")),
        ("zantol for the treatment of gout was ineffective.", (ZANTOL, "treats", GOUT, "negated", "certain")),
        ("gout is characterized by nausea.", (GOUT, "has_phenotype", NAUSEA, "affirmed", "certain")),
        ("zantol interacts with brevia.", (ZANTOL, "interacts_with", "MESH:C2", "affirmed", "certain")),
        ("brevia interacts with zantol.", (ZANTOL, "interacts_with", "MESH:C2", "affirmed", "certain")),
        ("zantol is effective in the prevention of gout.", (ZANTOL, "prevents", GOUT, "affirmed", "certain")),
        ("nausea is a common symptom of gout.", (GOUT, "has_phenotype", NAUSEA, "affirmed", "certain")),
        ("nausea, an early sign of gout.", (GOUT, "has_phenotype", NAUSEA, "affirmed", "certain")),
        ("Elderly patients with gout treated with zantol.", (ZANTOL, "treats", GOUT, "affirmed", "certain")),
        ("赞妥可用于治疗痛风。", (ZANTOL, "treats", GOUT, "affirmed", "certain")),
        ("赞妥不会引起恶心。", (ZANTOL, "causes", NAUSEA, "negated", "certain")),
    ],
)  # fmt: skip
def test_what_a_sentence_states(text: str, relation: tuple[str, str, str, str, str]) -> None:
    assert stated(text) == [relation]


@pytest.mark.parametrize(
    "text",
    [
        "zantol and hives.",
        "zantol was given. It causes hives.",
        "zantol resulted in less nausea.",
        "non-zantol-induced hives.",
        "zantol relieves hives-induced nausea is one thing, " + "x" * 200 + " causes gout",
        "hives are a disorder that zantol, which nobody knows, of all that was ever seen here, causes",
    ],
)
def test_what_a_sentence_does_not_state(text: str) -> None:
    assert not [row for row in stated(text) if row[1] == "causes"]


@pytest.mark.parametrize(
    "text",
    [
        "Patients without nausea or signs of gout were seen.",
        "It helps in healing nausea and relieving associated symptoms of gout.",
        "No nausea, signs of gout.",
        "Hypertensive patients with gout treated with zantol.",
        "Pain associated with gout may cause nausea.",
        "Pain due to zantol caused hives.",
        "nausea precipitated by zantol-induced shock.",
    ],
)
def test_what_only_stands_beside_is_not_stated(text: str) -> None:
    assert stated(text) == []


def test_what_is_prevented_is_not_treated() -> None:
    rows = stated("zantol was efficacious in the prevention of brevia-induced gout.")
    assert rows
    assert all(predicate != "treats" for _, predicate, *_ in rows)


def test_a_finding_says_where_and_by_what() -> None:
    text = "Nothing here. Both zantol and brevia cause hives."
    (first, second) = Patterns().find(text, mentions(text), "en")
    assert {first.subject, second.subject} == {ZANTOL, "MESH:C2"}
    assert (first.start, text[first.start : first.end].strip()) == (14, text[14:])
    assert (first.extractor, first.label, first.confidence) == (VERSION, "causes", 0.6)


def test_no_rule_can_match_where_no_trigger_stands() -> None:
    """The search that spares the rules must not keep one from its sentence."""
    for text in (
        "zantol causes hives.",
        "赞妥可引起恶心。",
        "hives secondary to zantol",
        "zantol is drug of choice in gout",
    ):
        assert ANY_TRIGGER.search(text)
    assert not ANY_TRIGGER.search("zantol and hives were seen")
    assert {rule.predicate for rule in RULES} >= {"treats", "causes", "prevents", "has_phenotype", "interacts_with"}


class Copied(str):
    """A text that counts how much of it is copied."""

    copied = 0

    def __getitem__(self, key: Any) -> str:
        piece = super().__getitem__(key)
        Copied.copied += len(piece)
        return piece


@pytest.mark.parametrize("clause", ["zantol causes hives and gout, ", "hives and gout caused by zantol, ", "gout "])
def test_what_is_read_of_a_text_without_a_full_stop_grows_with_its_length(clause: str) -> None:
    copied = []
    for times in (200, 400):
        text = Copied(clause * times)
        found = [
            Mention(match.start(), match.end(), match.group(), *NAMES[match.group()], 1.0)
            for match in re.finditer("zantol|hives|gout", text)
        ]
        Copied.copied = 0
        findings = Patterns().find(text, found, "en")
        assert "causes" not in clause or {f.predicate for f in findings} == {"causes"}
        kept = possible(text, found, findings)
        assert len(kept) <= len(findings)
        copied.append(Copied.copied)
    assert copied[1] < 2.3 * copied[0]


def test_a_list_of_names_is_read_in_part() -> None:
    text = "zantol causes " + "gout, " * 250
    names = [
        Mention(match.start(), match.end(), match.group(), "Drug" if match.group() == "zantol" else "Disease", id, 1.0)
        for number, match in enumerate(re.finditer("zantol|gout", text))
        for id in [f"MESH:{number}"]
    ]
    assert len(Patterns().find(text, names, "en")) == 13  # those near to the drug
