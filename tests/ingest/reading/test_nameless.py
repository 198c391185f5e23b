from __future__ import annotations

import pytest

from ingest.reading.nameless import nameless


def said(text: str, name: str, type: str) -> bool:
    start = text.index(name)
    return nameless(text, start, start + len(name), type)


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("Those with Type I diabetes", "Type I", "Disease"),
        ("in stage IIIb", "stage IIIb", "Disease"),
        ("a grade 2 tumour", "grade 2", "Disease"),
        ("分为Ⅱ型和Ⅲ型", "Ⅱ型", "Disease"),
        ("given as tablets", "tablets", "Drug"),
        ("Suppositories are used.", "Suppositories", "Drug"),
        ("服用胶囊", "胶囊", "Drug"),
        ("serotonin (1B/1D) agonists in headache", "serotonin", "Drug"),
        ("histamine H2-antagonists", "histamine", "Drug"),
        ("serotonin receptor antagonists", "serotonin", "Drug"),
        ("noradrenaline reuptake inhibitor", "noradrenaline", "Drug"),
    ],
)
def test_a_kind_a_form_or_what_a_class_acts_on_names_nothing(text: str, name: str, type: str) -> None:
    assert said(text, name, type)


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("Those with Type I diabetes", "Type I diabetes", "Disease"),
        ("2型糖尿病", "2型糖尿病", "Disease"),
        ("naloxone, an antagonist", "naloxone", "Drug"),
        ("serotonin and agonists", "serotonin", "Drug"),
        ("dopamine agonists", "dopamine agonists", "Drug"),
        ("gel electrophoresis", "gel", "Procedure"),
    ],
)
def test_a_name_is_one(text: str, name: str, type: str) -> None:
    assert not said(text, name, type)
