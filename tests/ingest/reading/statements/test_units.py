from __future__ import annotations

import pytest

from ingest.model import Mention
from ingest.reading.statements.units import units


def mentions(text: str, *names: str, type: str = "Drug") -> list[Mention]:
    places = [(text.index(name), name) for name in names]
    return [Mention(at, at + len(name), name, type, f"X:{name}", 1.0) for at, name in sorted(places)]


def test_each_sentence_with_mentions_is_a_unit() -> None:
    text = "Aspirin is a drug. Nothing is here. Heparin is another."
    found = list(units(text, mentions(text, "Aspirin", "Heparin")))
    assert [text[unit.start : unit.end].strip() for unit in found] == ["Aspirin is a drug.", "Heparin is another."]


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin is old. It may cause bleeding.",
        "Aspirin is old. The drug may cause bleeding.",
        "Aspirin is old. Adverse effects include bleeding.",
        "Aspirin is old. Contraindications: bleeding.",
        "Aspirin是老药。该药可引起bleeding。",
        "Aspirin是老药。主要不良反应为bleeding。",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_is_read_with_it(text: str) -> None:
    *_, last = units(text, mentions(text, "Aspirin", "bleeding"))
    assert last.start == 0 < last.own
    assert last.linked() == {"X:Aspirin", "X:bleeding"}


def test_a_sentence_that_stands_by_itself_is_read_alone() -> None:
    text = "Aspirin is old. Heparin may cause bleeding."
    *_, last = units(text, mentions(text, "Aspirin", "Heparin", "bleeding"))
    assert last.start == last.own
    assert "X:Aspirin" not in last.linked()


def test_mentions_of_one_place_are_together_and_none_overlap() -> None:
    text = "ovarian and breast cancer"
    both = [Mention(0, 25, text, "Disease", id, 1.0) for id in ("X:1", "X:2")]
    inner = Mention(12, 25, "breast cancer", "Disease", "X:3", 1.0)
    (unit,) = units(text, [*both, inner])
    assert [[m.entity for m in group] for group in unit.groups] == [["X:1", "X:2"]]


def test_what_takes_part_in_nothing_is_no_mention() -> None:
    text = "A crowd came."
    assert list(units(text, mentions(text, "crowd", type="Concept"))) == []
