"""What each finding says for one disease is what it says among all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import Entity
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.explain import against, expected, explained, numbers
from qa.differential.kept import Kept
from qa.differential.model import Case, Finding
from qa.differential.score import for_findings, kin, profile, weights
from tests.qa.differential.conftest import TABLES, has

Find = Callable[..., tuple[Finding, ...]]


def test_one_disease_is_explained_as_it_was_ranked(view: GraphView, find: Find) -> None:
    matrix = Kept().matrix(view)
    case = Case(find("ectopia lentis", "myopia", "long fingers", "cough"), find("tall stature"))
    parts = weights(matrix, [numbers(matrix, finding) for finding in case.observed])
    for disease in range(len(matrix.profiles.diseases)):
        told = explained(matrix, profile(matrix, disease), case, lambda term: kin(matrix, term))
        for one, finding, part in zip(told, case.observed, parts, strict=True):
            among_all = for_findings(matrix, numbers(matrix, finding))[disease]
            assert one.ratio == pytest.approx(float(among_all) ** part, rel=1e-4)


def test_only_what_is_told_is_expected_or_speaks_against(view: GraphView, find: Find) -> None:
    matrix = Kept().matrix(view)
    marfan = profile(matrix, matrix.disease_number["OMIM:1"])
    case = Case(find("ectopia lentis"), find("long fingers", "cough"))
    assert [one.place for one in against(matrix, marfan, case)] == [0]
    assert {one.id: one.denied for one in expected(matrix, marfan, case)} == {"HP:21": True, "HP:22": False}


def test_a_disease_is_not_expected_to_have_itself(store: SqliteStore, view: GraphView, find: Find) -> None:
    store.load(TABLES, [Entity("HP:9", "Phenotype", "migraine")], [has("MESH:2", "HP:9", "99%", source=TABLES.id)])
    matrix = Kept().matrix(view)
    migraine = profile(matrix, matrix.disease_number["MESH:2"])
    assert migraine.often[matrix.term_number["HP:9"]] > 0.9
    assert "HP:9" not in {one.id for one in expected(matrix, migraine, Case(find("fever")))}
