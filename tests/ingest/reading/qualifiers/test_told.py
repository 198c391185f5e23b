"""Sentences with what they tell, written before the code; `kept` are those that nobody looked at while it was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Mention
from ingest.reading.qualifiers.told import Told
from ingest.reading.relations.model import Finding

_TYPES = {
    "interacts_with": ("Drug", "Drug"),
    "has_phenotype": ("Disease", "Phenotype"),
    "contributes_to": ("Disease", "Disease"),
    "diagnoses": ("Measurement", "Disease"),
    "monitored_by": ("Drug", "Measurement"),
}
_MARKS = "«»‹›"
ROWS = [
    tuple(line.split("\t")[1:])
    for line in Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


def told(marked: str, predicate: str, others: tuple[str, ...] = ()) -> dict[str, str]:
    """What a sentence tells of the pair that is marked in it; `others` are drugs that it names besides."""
    text, places = "", {}
    for letter in marked:
        if letter in _MARKS:
            places[letter] = len(text)
        else:
            text += letter
    mentions = []
    for marks, type, entity in zip(
        ("«»", "‹›"), _TYPES.get(predicate, ("Drug", "Disease")), ("subject", "object"), strict=True
    ):
        if marks[0] in places:
            start, end = places[marks[0]], places[marks[1]]
            mentions.append(Mention(start, end, text[start:end], type, entity, 1.0))
    mentions += [Mention(text.index(x), text.index(x) + len(x), x, "Drug", x, 1.0) for x in others]
    mentions.sort(key=lambda m: m.start)
    finding = Finding("subject", "object", predicate, predicate, "affirmed", "certain", 1.0, 0, len(text))
    return Told(text, 0, mentions).of(finding)


@pytest.mark.parametrize(("predicate", "sentence", "expected"), ROWS)
def test_what_a_sentence_tells(predicate: str, sentence: str, expected: str) -> None:
    assert told(sentence, predicate) == dict(part.split("=", 1) for part in expected.split("; ") if part)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("«Amoxicillin» and clarithromycin 500 mg twice daily cure ‹gastritis›.", {}),
        ("Amoxicillin and «clarithromycin» 500 mg twice daily cure ‹gastritis›.", {"dose": "500 mg"}),
        ("Oral amoxicillin or «ceftriaxone» cures ‹pneumonia›.", {}),
    ],
)
def test_a_dose_is_of_the_drug_that_stands_nearest(sentence: str, expected: dict[str, str]) -> None:
    others = [name for name in ("clarithromycin", "Amoxicillin", "amoxicillin") if name in sentence]
    found = told(sentence, "treats", tuple(name for name in others if f"«{name}" not in sentence))
    assert {key: found[key] for key in found if key in ("dose", "route")} == expected


def test_whose_level_changes_is_told_by_its_id_whichever_comes_first() -> None:
    text = "Rifampicin lowers the level of warfarin."
    mentions = [Mention(0, 10, "Rifampicin", "Drug", "D:R", 1.0), Mention(31, 39, "warfarin", "Drug", "D:W", 1.0)]
    for pair in (("D:R", "D:W"), ("D:W", "D:R")):
        finding = Finding(*pair, "interacts_with", "", "affirmed", "certain", 1.0, 0, len(text))
        assert Told(text, 0, mentions).of(finding) == {"effect": "decreases level", "affected": "D:W"}


def test_a_drug_that_only_the_title_names_is_given_as_the_sentence_says() -> None:
    finding = Finding("D:1", "D:2", "treats", "", "affirmed", "certain", 1.0, 0, 10)
    assert Told("It is given by mouth.", 0, []).of(finding) == {"route": "oral"}
    assert Told("", 0, []).of(finding) == {}


def test_whom_it_is_not_for_is_told_of_a_denial_alone() -> None:
    assert "population" not in told("«Aspirin» is used for ‹fever›, but not in children.", "treats")
    assert told("«Aspirin» must not be used in children with ‹varicella›.", "contraindicated_in") == {
        "population": "children"
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "«Metformin» is used for ‹diabetes› and is contraindicated in patients with renal impairment.",
        "«二甲双胍»用于治疗‹糖尿病›，严重肾功能不全患者禁用。",
    ],
)
def test_whoever_must_not_have_it_is_not_whom_it_is_for(sentence: str) -> None:
    assert "population" not in told(sentence, "treats")
