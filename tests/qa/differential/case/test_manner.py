"""Terms of the ontology that tell how a disease is."""

from __future__ import annotations

from graph.view import GraphView
from qa.differential.case.manner import parted
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Finding, Told


def test_inheritance_is_no_finding(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(("HP:0000006", "fever"), ("Autosomal dominant inheritance",)))
    assert [finding.name for finding in case.observed] == ["Fever"]
    assert case.excluded == ()
    assert [note.en for note in case.notes] == [
        "'HP:0000006' (Autosomal dominant inheritance) is a mode of inheritance and no finding: it does not count",
        "'Autosomal dominant inheritance' is a mode of inheritance and no finding: it does not count",
    ]
    assert "遗传方式" in case.notes[0].zh


def test_an_onset_tells_when_it_began(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(("Infantile onset", "HP:0003577", "fever")))
    assert (case.onset, len(case.observed)) == (0.0, 1)
    assert case.notes[0].en == "'Infantile onset' is no finding: taken for an onset at about 183 days"


def test_an_onset_that_is_told_or_too_late_stands(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(("HP:0003577", "fever"), age=4, onset=3))
    assert case.onset == 3
    case = understood(view, matrix, Told(("HP:0003593", "fever"), age=0.1))
    assert case.onset is None
    assert [note.en for note in case.notes] == [
        "'HP:0003593' (Infantile onset) is an age of onset and no finding: it does not count"
    ]


def test_findings_stay(view: GraphView, matrix: Matrix) -> None:
    fever, dominant = Finding("fever", ("HP:0001945",), "Fever"), Finding("HP:0000006", ("HP:0000006",))
    told = parted(matrix, (fever, dominant, Finding("x", ())), 3, 2)
    assert (told.findings, told.onset, len(told.notes)) == ((fever, Finding("x", ())), 2, 1)
