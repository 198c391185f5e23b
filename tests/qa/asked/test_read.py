from dataclasses import dataclass

from graph.view import GraphView
from qa.asked.names import names_in
from qa.asked.read import joined, left_over, read_spans, unknown_names
from text.names import tokens


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    type: str = "Disease"
    entity: str | None = None
    reason: str = "read"


TEXT = "Does tall Marfan syndrome follow zanubrutinib?"
WORDS = tokens(TEXT)
TALL, DRUG = (5, 25), (33, 45)


def test_what_names_leave_over(public: GraphView) -> None:
    named = names_in(TEXT, WORDS, public)
    assert left_over(WORDS, named)
    explained = tokens("What is Marfan syndrome?")
    assert not left_over(explained, names_in("What is Marfan syndrome?", explained, public))
    assert not left_over(tokens("什么"), [])


def test_what_was_read_stands_where_it_holds_more_than_the_name(public: GraphView) -> None:
    named = names_in(TEXT, WORDS, public)
    read = read_spans(TEXT, WORDS, [Mention(*TALL, entity="OMIM:154700")], public)
    (span,) = joined(named, read)
    assert (span.start, span.end, span.read) == (*TALL, "read")
    shorter = read_spans(TEXT, WORDS, [Mention(10, 16, entity="OMIM:236200")], public)
    assert joined(named, shorter) == named


def test_what_the_graph_lacks_is_not_read(public: GraphView) -> None:
    assert read_spans(TEXT, WORDS, [Mention(*DRUG, entity="DB:none"), Mention(*DRUG)], public) == []


def test_unknown_names_are_told_as_written(public: GraphView) -> None:
    named = names_in(TEXT, WORDS, public)
    mentions = [Mention(*TALL), Mention(*DRUG, type="Drug"), Mention(*DRUG, type="Organism")]
    assert unknown_names(TEXT, mentions, named) == {"zanubrutinib": "Drug"}


def test_what_is_read_of_a_unit_is_none(public: GraphView) -> None:
    text = "Does 150 mg help?"
    mention = Mention(9, 11, entity="OMIM:154700")
    assert read_spans(text, tokens(text), [mention], public) == []
    assert unknown_names(text, [Mention(9, 11)], []) == {}
