from __future__ import annotations

import pytest

from ingest.model import Mention
from ingest.reading.dictionary.overruling import is_class, overruled


def mention(text: str, surface: str, type: str, entity: str | None = "X:1") -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, type, entity, 1.0)


@pytest.mark.parametrize(
    ("text", "found", "type", "entity", "name", "name_type"),
    [
        ("Serum creatinine rose.", "creatinine", "Drug", "MESH:D003404", "Serum creatinine", "Measurement"),
        ("Calcium channel blockers help.", "Calcium", "Drug", "MESH:D002118", "Calcium channel blockers", "Drug"),
        ("The MMR vaccine is live.", "MMR", "Gene", None, "MMR vaccine", "Drug"),
        ("The measles vaccine is live.", "measles", "Disease", "MESH:1", "measles vaccine", "Drug"),
        ("Measles vaccination helps.", "Measles", "Disease", "MESH:1", "Measles vaccination", "Drug"),
        ("HbA1c fell.", "HbA1c", "Variant", None, "HbA1c", "Measurement"),
        ("The measles virus spreads.", "measles", "Disease", "MESH:1", "measles virus", "Organism"),
        ("Measles virus spreads.", "Measles virus", "Disease", None, "Measles virus", "Organism"),
        ("Not for pregnant women.", "women", "Organism", "NCBITaxon:9606", "pregnant women", "Phenotype"),
    ],
)
def test_a_wider_name_of_a_test_or_a_class_takes_the_place(
    text: str, found: str, type: str, entity: str | None, name: str, name_type: str
) -> None:
    kept = overruled([mention(text, found, type, entity)], [mention(text, name, name_type, "X:9")])
    assert [(m.surface, m.type, m.entity) for m in kept] == [(name, name_type, "X:9")]


@pytest.mark.parametrize(
    ("text", "found", "type", "name", "name_type"),
    [
        ("Low blood sugar came.", "blood sugar", "Drug", "Low blood sugar", "Phenotype"),
        ("Vaginal bleeding came.", "bleeding", "Phenotype", "Vaginal bleeding", "Phenotype"),
        ("Serotonin syndrome came.", "Serotonin", "Drug", "Serotonin syndrome", "Disease"),
    ],
)
def test_a_wider_name_of_what_somebody_suffers_from_takes_the_place(
    text: str, found: str, type: str, name: str, name_type: str
) -> None:
    (kept,) = overruled([mention(text, found, type)], [mention(text, name, name_type, "X:9")])
    assert (kept.surface, kept.type, kept.entity) == (name, name_type, "X:9")


def test_two_findings_that_one_name_joins_stay_two() -> None:
    text = "Nausea and vomiting came."
    own = [mention(text, "Nausea", "Disease"), mention(text, "vomiting", "Disease")]
    assert overruled(own, [mention(text, "Nausea and vomiting", "Phenotype", "X:9")]) == own


def test_a_finding_that_cuts_another_mention_takes_no_place() -> None:
    text = "High blood pressure drugs help."
    own = [mention(text, "blood", "Drug"), mention(text, "pressure drugs", "Drug")]
    assert overruled(own, [mention(text, "High blood pressure", "Phenotype", "X:9")]) == own


def test_two_mentions_within_one_name_give_it_once() -> None:
    text = "EGFR tyrosine kinase inhibitors help."
    found = [mention(text, "EGFR", "Gene"), mention(text, "tyrosine", "Drug")]
    assert len(overruled(found, [mention(text, "EGFR tyrosine kinase inhibitors", "Drug")])) == 1


def test_a_biological_is_no_gene() -> None:
    text = "Omalizumab helps."
    (kept,) = overruled([mention(text, "Omalizumab", "Gene", None)], [mention(text, "Omalizumab", "Drug", "DB:1")])
    assert (kept.type, kept.entity, kept.label) == ("Drug", "DB:1", "Chemical")


@pytest.mark.parametrize(
    ("text", "found", "type", "name", "name_type"),
    [
        ("Insulin rose.", "Insulin", "Gene", "Insulin", "Drug"),
        ("Renal failure came.", "Renal failure", "Disease", "Renal", "Anatomy"),
        ("Potassium chloride helps.", "Potassium", "Drug", "Potassium chloride", "Drug"),
        ("Acute heart failure came.", "heart failure", "Disease", "Acute heart failure", "Disease"),
        ("Aspirin helps.", "Aspirin", "Drug", "helps", "Drug"),
        ("Mouse pneumonia came.", "Mouse", "Organism", "Mouse pneumonia", "Disease"),
    ],
)
def test_what_the_recogniser_knows_stays(text: str, found: str, type: str, name: str, name_type: str) -> None:
    own = [mention(text, found, type)]
    assert overruled(own, [mention(text, name, name_type, "X:9")]) == own


def test_classes_of_drugs() -> None:
    assert is_class(mention("beta blockers", "beta blockers", "Drug"))
    assert not is_class(mention("aspirin", "aspirin", "Drug"))
    assert not is_class(mention("VEGF inhibitors", "VEGF inhibitors", "Gene"))


@pytest.mark.parametrize(
    "name", ["hot drinks", "washing powder", "red meat", "PM2.5", "cigarette smoke", "alcohol intake"]
)
def test_what_is_eaten_or_breathed(name: str) -> None:
    assert is_class(mention(name, name, "Drug"))


def test_receptors_and_channels() -> None:
    assert is_class(mention("mu-opioid receptors", "mu-opioid receptors", "Gene"))
    assert not is_class(mention("BRCA1", "BRCA1", "Gene"))


def test_a_food_takes_the_place_of_a_chemical_in_its_name() -> None:
    text = "Alcohol intake rose."
    (kept,) = overruled([mention(text, "Alcohol", "Drug")], [mention(text, "Alcohol intake", "Drug", "X:9")])
    assert (kept.surface, kept.entity) == ("Alcohol intake", "X:9")


def test_a_germ_of_two_mentions_takes_no_place() -> None:
    text = "Feline leukemia virus spreads."
    own = [mention(text, "Feline", "Organism"), mention(text, "leukemia", "Disease")]
    assert overruled(own, [mention(text, "Feline leukemia virus", "Organism", "X:9")]) == own
