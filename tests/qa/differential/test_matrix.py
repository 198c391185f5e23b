"""Who has which finding: what several rows say together, and what it means for the findings above."""

from __future__ import annotations

import pytest

from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.matrix import UNTOLD, build
from qa.differential.profiles import read
from qa.differential.score import kin, profile
from tests.qa.differential.conftest import has


def often(view: GraphView, disease: str, finding: str) -> float:
    matrix = build(read(view))
    who, share, _ = matrix.column(matrix.term_number[finding])
    return float(dict(zip(who.tolist(), share.tolist(), strict=True)).get(matrix.disease_number[disease], 0.0))


def test_a_general_finding_is_as_frequent_as_its_most_frequent_form(view: GraphView) -> None:
    assert often(view, "OMIM:1", "HP:1") == often(view, "OMIM:1", "HP:11") == pytest.approx(0.6, abs=0.01)
    assert often(view, "OMIM:1", "HP:12") == often(view, "OMIM:1", "HP:121") < 0.3


def test_a_finding_seen_in_nobody_is_no_finding(view: GraphView) -> None:
    assert often(view, "OMIM:2", "HP:21") == 0
    assert often(view, "OMIM:2", "HP:22") == pytest.approx(UNTOLD)


def test_rows_count_by_their_patients(store: SqliteStore, view: GraphView) -> None:
    store.load(
        Source("new", "curated"),
        [],
        [has("OMIM:1", "HP:31", "9/10", source="new"), has("OMIM:1", "HP:31", "1/90", paper="PMID:3", source="new")],
    )
    assert often(view, "OMIM:1", "HP:31") == pytest.approx(0.1, abs=0.01)


def test_what_others_have_or_what_is_uncertain_is_no_finding(store: SqliteStore, view: GraphView) -> None:
    store.load(
        Source("new", "curated"),
        [],
        [
            has("OMIM:1", "HP:31", "90%", source="new", experiencer="family"),
            has("OMIM:1", "HP:32", "90%", source="new", certainty="possible"),
        ],
    )
    assert often(view, "OMIM:1", "HP:31") == often(view, "OMIM:1", "HP:32") == 0


def test_a_circle_of_findings_ends(store: SqliteStore, view: GraphView) -> None:
    above = Assertion.new("HP:1", "subclass_of", "HP:121", source="HPOA", sentence="is_a")
    store.load(Source("HPOA", "curated"), [], [above])
    assert often(view, "OMIM:1", "HP:121") == pytest.approx(0.6, abs=0.01)


def test_a_profile_without_a_paper(view: GraphView) -> None:
    matrix = build(read(view))
    disease, tall = matrix.disease_number["OMIM:1"], matrix.term_number["HP:22"]
    assert tall in profile(matrix, disease).stated
    assert tall not in profile(matrix, disease, matrix.resting_on({"PMID:2"})).stated


def test_a_disease_of_which_much_is_written_fits_less_well(view: GraphView) -> None:
    matrix = build(read(view))
    long, short = (float(matrix.length[matrix.disease_number[id]]) for id in ("OMIM:1", "OMIM:4"))
    assert long < short


def test_what_its_class_has_is_known_of_each_disease(store: SqliteStore, view: GraphView) -> None:
    group = Entity("MONDO:9", "Disease", "osteodystrophy")
    members = ("OMIM:1", "OMIM:3", "OMIM:4")
    rows = [Assertion.new(id, "subclass_of", group.id, source="DO", sentence="is_a") for id in members]
    store.load(Source("DO", "curated"), [group], rows)
    matrix = build(read(view))
    of_kin = kin(matrix, matrix.term_number["HP:21"])
    fingers = {id: often(view, id, "HP:21") for id in members}
    assert of_kin[matrix.disease_number["OMIM:1"]] == pytest.approx((fingers["OMIM:3"] + fingers["OMIM:4"]) / 2)
    assert of_kin[matrix.disease_number["OMIM:2"]] == 0
