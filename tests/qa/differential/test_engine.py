"""The engine over a small graph: who comes first, how sure it is, and what it tells of why."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.model import PUBLIC, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.engine import MISTAKEN, Differential
from qa.differential.model import Case, Finding, Ranking
from tests.qa.differential.conftest import has

Find = Callable[..., tuple[Finding, ...]]


def ranked(view: GraphView, case: Case) -> Ranking:
    return Differential().rank(view, case)


def ids(ranking: Ranking) -> list[str]:
    return [candidate.id for candidate in ranking.candidates]


def rare(ranking: Ranking) -> list[str]:
    return [id for id in ids(ranking) if id.startswith("OMIM:")]


def test_the_rare_disease_for_which_the_findings_speak_comes_first(view: GraphView, find: Find) -> None:
    assert ids(ranked(view, Case(find("ectopia lentis", "long fingers", "tall stature"))))[0] == "OMIM:1"


def test_a_common_disease_comes_first_where_the_findings_speak_for_none(view: GraphView, find: Find) -> None:
    assert ids(ranked(view, Case(find("fever"))))[0] == "MESH:1"
    assert ids(ranked(view, Case(find("headache"), find("fever"), tempo="episodes")))[0] == "MESH:2"
    assert ids(ranked(view, Case(find("headache", "fever"), tempo="days")))[0] == "MESH:1"


def test_probabilities_with_that_of_something_else_are_one_at_most(view: GraphView, find: Find) -> None:
    for observed in ((), find("fever"), find("ectopia lentis", "long fingers"), find(*("cough",) * 3)):
        ranking = ranked(view, Case(observed))
        assert sum(candidate.probability for candidate in ranking.candidates) + ranking.other == pytest.approx(1)
        assert all(0 <= candidate.probability < 1 for candidate in ranking.candidates)
        assert 0 < ranking.other < 1


def test_few_findings_leave_much_open(view: GraphView, find: Find) -> None:
    few, many = (ranked(view, Case(find(*names))) for names in (("fever",), ("fever", "cough", "headache")))
    assert few.other > many.other


def test_an_excluded_finding_counts_a_little(view: GraphView, find: Find) -> None:
    def odds(case: Case) -> float:
        scores = {candidate.id: candidate.score for candidate in ranked(view, case).candidates}
        return scores["OMIM:1"] - scores["OMIM:2"]

    plain, denied = odds(Case(find("ectopia lentis"))), odds(Case(find("ectopia lentis"), find("long fingers")))
    asked = odds(Case(find("ectopia lentis", "long fingers")))
    assert denied < plain < asked
    assert plain - denied < asked - plain


def test_age_sex_season_tempo_and_factors_count(view: GraphView, find: Find) -> None:
    def prior(disease: str, **told: object) -> float:
        case = Case(find("headache"), **told)  # type: ignore[arg-type]
        return next(one.prior for one in ranked(view, case).candidates if one.id == disease)

    assert prior("MESH:2", sex="female") > prior("MESH:2", sex="male")
    assert prior("MESH:2", age=30.0) > prior("MESH:2", age=80.0)
    assert prior("MESH:1", season="winter") > prior("MESH:1", season="summer")
    assert prior("MESH:2", tempo="episodes") > prior("MESH:2", tempo="years")
    contact = {"contact": ("MEDGRAPH:factor-contact",)}
    assert prior("MESH:1", factors=contact) > prior("MESH:1")


def test_what_a_paper_of_the_case_states_does_not_count(view: GraphView, find: Find) -> None:
    tall = find("tall stature")
    with_paper, without = (ranked(view, Case(tall, papers=papers)) for papers in (frozenset(), frozenset({"PMID:2"})))
    assert rare(with_paper) == ["OMIM:1", "OMIM:2", "OMIM:3", "OMIM:4"]
    assert rare(without)[0] == "OMIM:2"
    marfan = next(candidate for candidate in without.candidates if candidate.id == "OMIM:1")
    assert marfan.explained[0].wider == "HP:2"
    assert ranked(view, Case(tall, papers=frozenset({"PMID:404"}))).candidates == with_paper.candidates


def test_every_finding_tells_what_it_says(view: GraphView, find: Find) -> None:
    ranking = ranked(view, Case(find("myopia", "tall stature", "fever"), find("long fingers")))
    marfan = next(candidate for candidate in ranking.candidates if candidate.id == "OMIM:1")
    myopia, tall, fever = marfan.explained
    assert (myopia.by, myopia.wider, myopia.told) == ("HP:121", "", True)
    assert 0.15 < (myopia.often or 0) < 0.3
    assert 0.3 < (tall.often or 0) < 0.8, "one case in one is no certainty"
    assert (fever.by, fever.often) == ("", None)
    assert fever.ratio < 1 < tall.ratio
    (fingers,) = marfan.against
    assert (fingers.by, fingers.place) == ("HP:21", 0)
    assert fingers.ratio < 1
    assert {one.id: one.denied for one in marfan.expected} == {"HP:11": False, "HP:21": True}


def test_the_product_of_what_is_told_is_the_score(view: GraphView, find: Find) -> None:
    ranking = ranked(view, Case(find("myopia", "tall stature", "cough"), find("long fingers", "fever")))
    for candidate in ranking.candidates:
        product = math.prod(each.ratio for each in (*candidate.explained, *candidate.against))
        assert candidate.score == pytest.approx(math.log(product), abs=1e-4)


def test_a_disease_that_is_stated_not_to_have_a_finding_does_not_explain_it(view: GraphView, find: Find) -> None:
    ranking = ranked(view, Case(find("long fingers")))
    without = next(candidate for candidate in ranking.candidates if candidate.id == "OMIM:2")
    assert without.explained[0].by != "HP:21"


def test_what_nobody_knows_leaves_the_order_of_rates(view: GraphView) -> None:
    stranger = Finding("stranger", ("HP:404",))
    assert ids(ranked(view, Case((stranger,)))) == ids(ranked(view, Case()))
    assert ids(ranked(view, Case()))[:2] == ["MESH:1", "MESH:2"]


def test_what_a_reader_may_not_see_does_not_count(store: SqliteStore, find: Find) -> None:
    closed = frozenset({"ward"})
    secret = has("OMIM:2", "HP:33", "100%", source="closed", access=closed)
    store.load(Source("closed", "curated", access=closed), [], [secret])
    engine = Differential()
    seen, unseen = (engine.rank(GraphView(store, access), Case(find("cough"))) for access in (PUBLIC | closed, PUBLIC))
    assert {one.id: one.explained[0].by for one in seen.candidates}["OMIM:2"] == "HP:33"
    assert {one.id: one.explained[0].by for one in unseen.candidates}["OMIM:2"] == ""


def test_a_graph_that_changes_is_read_again(store: SqliteStore, view: GraphView, find: Find) -> None:
    engine = Differential()
    assert "OMIM:9" not in ids(engine.rank(view, Case(find("cough"))))
    new = Source("new", "curated")
    store.load(new, [Entity("OMIM:9", "Disease", "Coughing")], [has("OMIM:9", "HP:33", "99%", source="new")])
    assert "OMIM:9" in ids(engine.rank(view, Case(find("cough")), 20))
    store.delete(["new"])
    assert "OMIM:9" not in ids(engine.rank(view, Case(find("cough")), 20))


def test_an_empty_graph_ranks_nothing(tmp_path: Path, find: Find) -> None:
    store = SqliteStore(tmp_path / "empty.sqlite")
    ranking = ranked(GraphView(store, PUBLIC), Case(find("fever")))
    assert (ranking.candidates, ranking.other, ranking.next) == ((), 1.0, ())
    store.close()


def test_many_ask_at_once(view: GraphView, find: Find) -> None:
    engine, case = Differential(), Case(find("ectopia lentis", "tall stature"))
    with ThreadPoolExecutor(8) as pool:
        results = [each.result() for each in [pool.submit(engine.rank, view, case) for _ in range(24)]]
    assert all(result == results[0] for result in results)


def test_something_else_is_never_ruled_out(view: GraphView, find: Find) -> None:
    ranking = ranked(view, Case(find("ectopia lentis", "long fingers", "tall stature")))
    assert ranking.other >= MISTAKEN
    assert sum(one.probability for one in ranking.candidates) + ranking.other <= 1 + 1e-9
