"""Questions in words that the graph does not list, read by the shipped models, on a real graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.answering import answerer
from api.settings import Settings
from api.wiring import Parts
from graph.model import PUBLIC, Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from ingest.reading.tagger import Tagger
from qa.asked.understand import understand
from qa.model import AskedEntity, Question, Understanding
from qa.plans.order import PLANS, rules
from qa.view import visible
from retrieval.faiss_index import FaissIndexes
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher

CHECKOUT = Path(__file__).resolve().parents[3]
ENTITIES = (
    Entity("MESH:D007674", "Disease", "Kidney Diseases", synonyms=(Name("肾脏疾病", "zh"),)),
    Entity("MESH:D001943", "Disease", "Breast Neoplasms", synonyms=(Name("breast cancer"),)),
    Entity("MESH:D010051", "Disease", "Ovarian Neoplasms"),
    Entity("DOID:5844", "Disease", "Cardiac infarct"),
    Entity("MESH:D002945", "Drug", "Cisplatin", synonyms=(Name("顺铂", "zh"),)),
    Entity("MESH:D017706", "Drug", "Lisinopril"),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tagger]:
    home = tmp_path_factory.mktemp("reader")
    with Parts(Settings(home=home, models=CHECKOUT / "models", tagger="trained")) as parts:
        yield parts.reader()


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[SqliteStore]:
    graph = SqliteStore(tmp_path / "graph.sqlite")
    source = Source("CURATED", "curated", title="curated")
    graph.add_mappings([("MESH:D009203", "DOID:5844")], source)
    facts = (("MESH:D002945", "causes"), ("MESH:D017706", "treats"))
    graph.load(
        source,
        ENTITIES,
        [Assertion.new(s, p, "MESH:D007674", source="CURATED", sentence=f"{s} {p}", record=s) for s, p in facts],
    )
    secret = Entity("MESH:D011041", "Disease", "Poisoning of one patient", access=frozenset({"patient:42"}))
    graph.load(Source("SECRET", "curated", title="secret", access=frozenset({"patient:42"})), [secret])
    yield graph
    graph.close()


def understood(question: Question, graph: GraphStore, reader: Callable[[], Tagger] | None = None) -> Understanding:
    return understand(question, GraphView(graph, visible(question)), rules(PLANS), reader)


def asked(graph: SqliteStore, reader: Tagger | None, text: str) -> dict[str, AskedEntity]:
    read = None if reader is None else (lambda: reader)
    return {e.id: e for e in understood(Question(text), graph, read).entities}


def test_a_word_that_the_graph_does_not_list_is_read(graph: SqliteStore, reader: Tagger) -> None:
    text = "Which drugs cause nephrotoxicity?"
    assert asked(graph, None, text) == {}
    (entity,) = asked(graph, reader, text).values()
    assert (entity.id, entity.surface, entity.negated) == ("MESH:D007674", "nephrotoxicity", False)
    assert entity.reason.startswith("'nephrotoxicity' is read as Kidney Diseases (MESH:D007674): ")


def test_an_english_word_of_a_chinese_question_is_read(graph: SqliteStore, reader: Tagger) -> None:
    assert set(asked(graph, reader, "顺铂会引起nephrotoxicity吗？")) == {"MESH:D002945", "MESH:D007674"}


def test_a_question_that_names_explain_opens_no_models(graph: SqliteStore) -> None:
    def opened() -> Tagger:
        raise AssertionError("opened")

    for text in (
        "What are the side effects of Cisplatin?",
        "顺铂会引起肾脏疾病吗？",
        "Which drugs treat breast cancer?",
    ):
        assert understood(Question(text), graph, opened).entities


def test_an_id_that_a_mapping_merged_is_its_entity(graph: SqliteStore, reader: Tagger) -> None:
    assert set(asked(graph, reader, "What are the signs of myocardial infarction?")) == {"DOID:5844"}


def test_a_name_of_the_graph_gives_way_only_to_what_holds_it(graph: SqliteStore, reader: Tagger) -> None:
    both = asked(graph, reader, "Which drugs treat ovarian and breast cancer?")
    assert set(both) == {"MESH:D001943", "MESH:D010051"}
    assert {e.surface for e in both.values()} == {"ovarian and breast cancer"}
    (one,) = asked(graph, reader, "Which drugs treat breast cancer?").values()
    assert "is a synonym of" in one.reason


def test_what_is_read_can_be_denied(graph: SqliteStore, reader: Tagger) -> None:
    assert asked(graph, reader, "A patient with fatigue but no nephrotoxicity")["MESH:D007674"].negated


def test_nothing_is_read_that_the_graph_lacks_or_the_asker_may_not_see(graph: SqliteStore, reader: Tagger) -> None:
    assert asked(graph, reader, "Which drugs cause ototoxicity?") == {}
    seen = asked(graph, reader, "Which drugs cause intoxication?")
    assert seen == {}
    question = Question("Which drugs cause intoxication?", access=PUBLIC | {"patient:42"}, patient="patient:42")
    assert [e.id for e in understood(question, graph, lambda: reader).entities] == ["MESH:D011041"]


def test_ordinary_words_are_no_entities(graph: SqliteStore, reader: Tagger) -> None:
    graph.load(Source("TAXA", "curated", title="taxa"), [Entity("NCBITaxon:9606", "Organism", "Homo sapiens")])
    assert asked(graph, reader, "What helps women and other patients?") == {}


@pytest.mark.parametrize("text", ["Which drugs cause nephrotoxicity?", "Is cisplatin nephrotoxic?"])
def test_the_answer_comes_from_the_graph(graph: SqliteStore, reader: Tagger, tmp_path: Path, text: str) -> None:
    passages = PassageStore(tmp_path / "passages.sqlite")
    encoder = OnnxEncoder(CHECKOUT / "models" / "bge-small-en-medical", threads=1)
    searcher = Searcher(passages, encoder, FaissIndexes(), tmp_path / "index")
    answer = answerer(graph, searcher, reader=lambda: reader).answer(Question(text))
    passages.close()
    (sentence,) = answer.sentences
    assert "Cisplatin" in sentence.text
    assert "Kidney Diseases" in sentence.text
    # It treats what the question asks the causes of.
    assert "Lisinopril" not in answer.text
    assert [e.entities for e in answer.evidence] == [("MESH:D002945", "MESH:D007674")]


def test_what_reads_as_a_name_and_is_none_of_the_graphs_is_told(graph: SqliteStore, reader: Tagger) -> None:
    def unknown(text: str) -> tuple[str, ...]:
        return understood(Question(text), graph, lambda: reader).unknown

    assert unknown("Does pirfenidone cause nephrotoxicity in toddlers?") == ("pirfenidone",)
    assert unknown("wat are teh side efects of asprin") == ("asprin",)
    assert unknown("Which drugs cause nephrotoxicity?") == ()
    # Whether it is hidden or not there is not to be told apart.
    assert unknown("Which drugs cause intoxication?") == ("intoxication",)


def test_texts_about_other_drugs_do_not_answer_for_an_unknown_one(world: Any, reader: Tagger) -> None:
    question = Question("Was a usual dose of pirfenidone twice a day tolerated by most?")
    by_names = answerer(world.graph, world.searcher, sentences=world.ranked).answer(question)
    assert "500 mg twice a day" in by_names.text
    answer = answerer(world.graph, world.searcher, reader=lambda: reader, sentences=world.ranked).answer(question)
    assert (answer.abstained, answer.reason) == (True, "no_evidence")


def test_texts_that_say_an_unknown_name_answer_for_it(world: Any, reader: Tagger) -> None:
    question = Question("Did anyone get hypoglycaemia in the trial?")
    answer = answerer(world.graph, world.searcher, reader=lambda: reader, sentences=world.ranked).answer(question)
    assert "did not cause hypoglycaemia in this trial" in answer.text
    assert {e.source for e in answer.evidence} == {"PMID:2"}
