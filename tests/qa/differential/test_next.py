"""What to find out next: what tells the candidates apart, and what is known is not asked again."""

from __future__ import annotations

from collections.abc import Callable

from graph.model import Entity, Name
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.engine import Differential
from qa.differential.model import Case, Finding
from qa.differential.next import QUESTIONS, TESTS
from tests.qa.differential.conftest import TABLES, has

Find = Callable[..., tuple[Finding, ...]]


def asked(view: GraphView, case: Case) -> dict[str, str]:
    return {one.id: one.kind for one in Differential().rank(view, case).next}


def test_what_separates_the_candidates_is_asked_first(view: GraphView, find: Find) -> None:
    questions = asked(view, Case(find("headache")))
    assert next(iter(questions)) in ("HP:33", "HP:31"), "cough and fever separate influenza from migraine"
    assert questions.get("HP:33") == "history"


def test_what_is_told_is_not_asked_again(view: GraphView, find: Find) -> None:
    case = Case(find("headache", "high myopia"), find("cough"))
    assert not asked(view, case).keys() & {"HP:32", "HP:33", "HP:121", "HP:12", "HP:1"}


def test_a_question_tells_some_bits_and_the_best_comes_first(view: GraphView, find: Find) -> None:
    questions = Differential().rank(view, Case(find("headache"))).next
    assert 0 < len(questions) <= QUESTIONS
    assert all(0 < one.bits <= 1 and 0 < one.present < 1 for one in questions)


def test_nothing_is_asked_where_nothing_is_open(view: GraphView, find: Find) -> None:
    everything = find("ectopia lentis", "high myopia", "long fingers", "tall stature", "fever", "headache", "cough")
    assert asked(view, Case(everything)) == {}


def test_whether_it_is_a_candidate_is_no_question(store: SqliteStore, view: GraphView, find: Find) -> None:
    attack = Entity("HP:9", "Phenotype", "Attack of pain", (Name("migraine"),))
    store.load(TABLES, [attack], [has("MESH:2", attack.id, "95%", source=TABLES.id, qualifiers={"kind": "history"})])
    assert "HP:9" not in asked(view, Case(find("headache", "fever")))


def test_of_findings_that_nobody_tells_apart_one_is_asked(store: SqliteStore, view: GraphView, find: Find) -> None:
    both = [Entity("HP:0012378", "Phenotype", "Fatigue"), Entity("HP:0033834", "Phenotype", "Malaise")]
    store.load(TABLES, both, [has("MESH:2", one.id, "60%", source=TABLES.id) for one in both])
    assert len({"HP:0012378", "HP:0033834"} & asked(view, Case(find("headache"))).keys()) == 1
    tired = Finding("fatigue", ("HP:0012378",))
    assert "HP:0033834" not in asked(view, Case((*find("headache"), tired)))


def test_no_form_of_what_is_denied_is_asked(view: GraphView, find: Find) -> None:
    seen = find("ectopia lentis", "high myopia")
    assert "HP:21" in asked(view, Case(seen))
    assert not {"HP:21", "HP:22"} & asked(view, Case(seen, find("abnormality of the limbs"))).keys()


def test_tests_alone_are_told_where_they_are_asked_for(store: SqliteStore, view: GraphView, find: Find) -> None:
    swab = Entity("HP:8", "Phenotype", "Swab positive")
    store.load(TABLES, [swab], [has("MESH:1", swab.id, "90%", source=TABLES.id, qualifiers={"kind": "lab"})])
    questions = Differential().rank(view, Case(find("headache")), tests=True).next
    assert [one.id for one in questions] == ["HP:8"]
    assert {one.kind for one in questions} <= TESTS
