from pathlib import Path
from time import perf_counter

import pytest

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from qa.differential.rank import Differential, Finding

LENS, FINGERS = Finding("lens", ("HP:0001083",)), Finding("fingers", ("HP:0001166",))
MARFAN, HOMOCYSTINURIA, EHLERS = "OMIM:154700", "OMIM:236200", "OMIM:130000"


def order(graph: SqliteStore, present: list[Finding], absent: list[Finding] | None = None) -> list[str]:
    return [ranked.disease for ranked in Differential(graph).rank(present, absent or [], PUBLIC)]


def test_who_explains_more_comes_first(curated: SqliteStore) -> None:
    ranked = Differential(curated).rank([LENS, FINGERS], [], PUBLIC)
    assert [r.disease for r in ranked][:2] == [MARFAN, HOMOCYSTINURIA]
    assert (ranked[0].score, set(ranked[0].explained)) == (1.0, {0, 1})
    assert set(ranked[1].explained) == {0}
    assert 0 < ranked[1].score < 1


def test_a_more_specific_finding_of_the_disease_explains_the_asked_one(curated: SqliteStore) -> None:
    (first, *_) = Differential(curated).rank([Finding("myopia", ("HP:0000545",))], [], PUBLIC)
    assert first.disease == MARFAN
    assert "HP:0011003" in first.explained[0]


def test_a_finding_asked_as_absent_counts_against(curated: SqliteStore) -> None:
    assert order(curated, [LENS])[0] in (MARFAN, HOMOCYSTINURIA)
    assert order(curated, [LENS], [FINGERS])[0] == HOMOCYSTINURIA


def test_a_finding_that_a_disease_is_stated_not_to_have_counts_against_it(curated: SqliteStore) -> None:
    stretch = Finding("striae", ("HP:0001065",))
    ranked = {r.disease: r.score for r in Differential(curated).rank([stretch, LENS], [], PUBLIC)}
    assert EHLERS not in ranked or ranked[EHLERS] < ranked[HOMOCYSTINURIA]


def test_a_rare_finding_tells_more_than_a_common_one(tmp_path: Path) -> None:
    graph = SqliteStore(tmp_path / "graph.sqlite")
    entities = [Entity("HP:1", "Phenotype", "common"), Entity("HP:2", "Phenotype", "rare")]
    entities += [Entity(f"D:{n}", "Disease", f"disease {n}") for n in range(50)]
    pairs = [(f"D:{n}", "HP:1") for n in range(49)] + [("D:49", "HP:2")]
    rows = [Assertion.new(d, "has_phenotype", p, source="S", sentence=d, record=d) for d, p in pairs]
    graph.load(Source("S", "curated"), entities, rows)
    assert order(graph, [Finding("common", ("HP:1",)), Finding("rare", ("HP:2",))])[0] == "D:49"
    graph.close()


def test_nobody_has_it(curated: SqliteStore) -> None:
    assert order(curated, [Finding("headache", ("HP:0002315",))]) == []
    assert order(curated, []) == []


def test_new_curated_statements_are_seen_at_once(tmp_path: Path) -> None:
    graph = SqliteStore(tmp_path / "graph.sqlite")
    graph.load(Source("A", "curated"), [Entity("HP:1", "Phenotype", "sign"), Entity("D:1", "Disease", "one")])
    differential, asked = Differential(graph), [Finding("sign", ("HP:1",))]
    assert differential.rank(asked, [], PUBLIC) == []
    row = Assertion.new("D:1", "has_phenotype", "HP:1", source="B", sentence="x", record="1")
    graph.load(Source("B", "curated"), (), [row])
    assert [r.disease for r in differential.rank(asked, [], PUBLIC)] == ["D:1"]
    graph.close()


def test_statements_one_may_not_see_do_not_count(tmp_path: Path) -> None:
    graph = SqliteStore(tmp_path / "graph.sqlite")
    secret = frozenset({"ward:1"})
    row = Assertion.new("D:1", "has_phenotype", "HP:1", source="B", sentence="x", record="1", access=secret)
    graph.load(
        Source("B", "curated", access=secret),
        [Entity("HP:1", "Phenotype", "sign"), Entity("D:1", "Disease", "one")],
        [row],
    )
    asked = [Finding("sign", ("HP:1",))]
    differential = Differential(graph)
    assert differential.rank(asked, [], PUBLIC) == []
    assert [r.disease for r in differential.rank(asked, [], PUBLIC | secret)] == ["D:1"]
    assert differential.rank(asked, [], PUBLIC) == []
    graph.close()


def test_five_findings_over_twelve_thousand_diseases_are_quick(tmp_path: Path) -> None:
    """The size of HPO's annotations, made up: the limit is wide, since the machine may be busy."""
    graph = SqliteStore(tmp_path / "graph.sqlite")
    phenotypes = [Entity(f"HP:{n}", "Phenotype", f"sign {n}") for n in range(1000)]
    diseases = [Entity(f"D:{n}", "Disease", f"disease {n}") for n in range(12_600)]
    rows = [
        Assertion.new(
            f"D:{n}", "has_phenotype", f"HP:{(n * 7 + k * k) % 1000}", source="S", sentence="x", record=f"{n}/{k}"
        )
        for n in range(12_600)
        for k in range(4)
    ]
    graph.load(Source("S", "curated"), [*phenotypes, *diseases], rows)
    differential = Differential(graph)
    asked = [Finding(f"sign {n}", (f"HP:{n}",)) for n in (3, 14, 159, 265, 358)]
    differential.rank(asked, [], PUBLIC)
    begun = perf_counter()
    for _ in range(5):
        assert differential.rank(asked, [], PUBLIC)
    assert (perf_counter() - begun) / 5 < 0.1
    graph.close()


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_no_more_than_asked(curated: SqliteStore, limit: int) -> None:
    assert len(Differential(curated).rank([LENS], [], PUBLIC, limit)) <= limit
