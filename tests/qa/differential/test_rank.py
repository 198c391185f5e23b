from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import process_time
from typing import Any

import pytest

from graph.model import PUBLIC, Assertion, Contribution, Entity, PassageNode, Relation, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.rank import KEPT, Differential, Finding

LENS, FINGERS = Finding("lens", ("HP:0001083",)), Finding("fingers", ("HP:0001166",))
MARFAN, HOMOCYSTINURIA, EHLERS = "OMIM:154700", "OMIM:236200", "OMIM:130000"


def order(view: GraphView, present: list[Finding], absent: list[Finding] | None = None) -> list[str]:
    return [ranked.disease for ranked in Differential().rank(view, present, absent or [])]


def test_who_explains_more_comes_first(public: GraphView) -> None:
    ranked = Differential().rank(public, [LENS, FINGERS], [])
    assert [r.disease for r in ranked][:2] == [MARFAN, HOMOCYSTINURIA]
    assert (ranked[0].score, set(ranked[0].explained)) == (1.0, {0, 1})
    assert set(ranked[1].explained) == {0}
    assert 0 < ranked[1].score < 1


def test_a_more_specific_finding_of_the_disease_explains_the_asked_one(public: GraphView) -> None:
    (first, *_) = Differential().rank(public, [Finding("myopia", ("HP:0000545",))], [])
    assert first.disease == MARFAN
    assert "HP:0011003" in first.explained[0]


def test_a_finding_asked_as_absent_counts_against(public: GraphView) -> None:
    assert order(public, [LENS])[0] in (MARFAN, HOMOCYSTINURIA)
    assert order(public, [LENS], [FINGERS])[0] == HOMOCYSTINURIA


def test_a_finding_that_a_disease_is_stated_not_to_have_counts_against_it(public: GraphView) -> None:
    stretch = Finding("striae", ("HP:0001065",))
    ranked = {r.disease: r.score for r in Differential().rank(public, [stretch, LENS], [])}
    assert EHLERS not in ranked or ranked[EHLERS] < ranked[HOMOCYSTINURIA]


def signs(pairs: dict[str, list[str]], source: str = "S") -> tuple[Source, list[Entity], list[Assertion]]:
    """Diseases with the findings that a source states of them."""
    entities = [Entity(disease, "Disease", f"disease {disease}") for disease in pairs]
    entities += [
        Entity(finding, "Phenotype", f"sign {finding}")
        for finding in sorted({f for own in pairs.values() for f in own})
    ]
    rows = [
        Assertion.new(disease, "has_phenotype", finding, source=source, sentence="x", record=f"{disease}/{finding}")
        for disease, own in pairs.items()
        for finding in own
    ]
    return Source(source, "curated"), entities, rows


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[SqliteStore]:
    graph = SqliteStore(tmp_path / "graph.sqlite")
    yield graph
    graph.close()


def test_a_rare_finding_tells_more_than_a_common_one(graph: SqliteStore) -> None:
    graph.load(*signs({**{f"D:{n}": ["HP:1"] for n in range(49)}, "D:49": ["HP:2"]}))
    view = GraphView(graph, PUBLIC)
    assert order(view, [Finding("common", ("HP:1",)), Finding("rare", ("HP:2",))])[0] == "D:49"


def test_nobody_has_it(public: GraphView) -> None:
    assert order(public, [Finding("headache", ("HP:0002315",))]) == []
    assert order(public, []) == []


def test_what_is_written_counts_at_once_whoever_wrote_it(graph: SqliteStore) -> None:
    graph.load(*signs({"D:1": ["HP:1"], "D:2": ["HP:2"]}))
    engine, view, asked = Differential(), GraphView(graph, PUBLIC), [Finding("sign", ("HP:1",))]

    def ranked() -> list[str]:
        return [r.disease for r in engine.rank(view, asked, [])]

    assert ranked() == ["D:1"]
    curated = Assertion.new("D:2", "has_phenotype", "HP:1", source="B", sentence="x", record="1")
    graph.load(Source("B", "curated"), (), [curated])
    assert ranked() == ["D:1", "D:2"]
    # A document changes neither names nor curated sources.
    text = "D:1 has HP:1."
    stated = Assertion.new(
        "D:1", "has_phenotype", "HP:2", source="PMID:1", sentence=text, passage="P", start=0, end=len(text)
    )
    node = PassageNode("P", "PMID:1", "abstract", 0, len(text), text)
    graph.replace([Contribution(Source("PMID:1", "document"), (), (node,), (), (stated,))])
    assert [r.disease for r in engine.rank(view, [*asked, Finding("other", ("HP:2",))], [])] == ["D:1", "D:2"]
    graph.delete(["B"])
    assert ranked() == ["D:1"]


def test_statements_one_may_not_see_do_not_count(graph: SqliteStore) -> None:
    secret = frozenset({"ward:1"})
    row = Assertion.new("D:1", "has_phenotype", "HP:1", source="B", sentence="x", record="1", access=secret)
    graph.load(
        Source("B", "curated", access=secret),
        [Entity("HP:1", "Phenotype", "sign"), Entity("D:1", "Disease", "one")],
        [row],
    )
    asked, engine = [Finding("sign", ("HP:1",))], Differential()
    everybody, ward = GraphView(graph, PUBLIC), GraphView(graph, PUBLIC | secret)
    assert engine.rank(everybody, asked, []) == []
    assert [r.disease for r in engine.rank(ward, asked, [])] == ["D:1"]
    assert engine.rank(everybody, asked, []) == []


def many(graph: SqliteStore) -> GraphView:
    """The size of HPO's annotations, made up."""
    graph.load(*signs({f"D:{n}": [f"HP:{(n * 7 + k * k) % 1000}" for k in range(4)] for n in range(12_600)}))
    return GraphView(graph, PUBLIC)


def test_the_order_does_not_depend_on_what_was_asked_before(graph: SqliteStore) -> None:
    view = GraphView(graph, PUBLIC)
    graph.load(*signs({f"D:{n}": [f"HP:{(n * 7 + k * k) % 40}" for k in range(4)] for n in range(800)}))
    questions = [[Finding(f"sign {n}", (f"HP:{n}",)), Finding(f"sign {n + 1}", (f"HP:{n + 1}",))] for n in range(20)]
    engine = Differential()
    for question in [*questions, *reversed(questions)]:
        assert engine.rank(view, question, []) == Differential().rank(view, question, [])


def test_who_asks_at_once_gets_what_one_alone_gets(graph: SqliteStore) -> None:
    view = GraphView(graph, PUBLIC)
    graph.load(*signs({f"D:{n}": [f"HP:{(n * 7 + k * k) % 40}" for k in range(4)] for n in range(800)}))
    questions = [
        [Finding(f"sign {n}", (f"HP:{n}",)), Finding(f"sign {m}", (f"HP:{m}",))] for n in range(8) for m in range(8, 16)
    ]
    expected = [Differential().rank(view, question, []) for question in questions]
    engine = Differential()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda question: engine.rank(view, question, []), questions)) == expected


def test_nobody_waits_while_another_reads_the_graph(graph: SqliteStore) -> None:
    reading, go_on = Event(), Event()

    @dataclass(frozen=True, slots=True)
    class Slow(GraphView):
        """A view whose reader takes a long time over the descendants of HP:2."""

        def relations(self, **asked: Any) -> list[Relation]:
            if "HP:2" in (asked.get("objects") or ()):
                reading.set()
                assert go_on.wait(10)
            return super(Slow, self).relations(**asked)

    graph.load(*signs({"D:1": ["HP:1"], "D:2": ["HP:2"]}))
    engine, view = Differential(), Slow(graph, PUBLIC)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(engine.rank, view, [Finding("two", ("HP:2",))], [])
        assert reading.wait(10)
        assert [r.disease for r in engine.rank(view, [Finding("one", ("HP:1",))], [])] == ["D:1"]
        assert not slow.done()
        go_on.set()
        assert [r.disease for r in slow.result(10)] == ["D:2"]


def test_no_more_views_are_kept_than_the_limit_and_the_least_recent_goes_unharmed(graph: SqliteStore) -> None:
    graph.load(*signs({"D:1": ["HP:1"], "D:2": ["HP:2"]}))
    engine, asked = Differential(), [Finding("one", ("HP:1",))]
    for _ in range(2):
        for number in range(2 * KEPT):
            view = GraphView(graph, PUBLIC | {f"ward:{number}"})
            assert [r.disease for r in engine.rank(view, asked, [])] == ["D:1"]
    assert len(engine._kept) == KEPT


def test_five_findings_over_twelve_thousand_diseases_are_quick(graph: SqliteStore) -> None:
    """Of the processor's time, and with a wide limit, since the machine may be busy."""
    engine, view = Differential(), many(graph)
    asked = [Finding(f"sign {n}", (f"HP:{n}",)) for n in (3, 14, 159, 265, 358)]
    engine.rank(view, asked, [])
    begun = process_time()
    for _ in range(5):
        assert engine.rank(view, asked, [])
    assert (process_time() - begun) / 5 < 0.5


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_no_more_than_asked(public: GraphView, limit: int) -> None:
    assert len(Differential().rank(public, [LENS], [], limit)) <= limit
