from graph.view import GraphView
from qa.asked.names import Span, names_in, with_namesakes
from text.names import tokens


def spans(view: GraphView, text: str) -> list[Span]:
    return names_in(text, tokens(text), view)


def test_the_longest_names_from_left_to_right(public: GraphView) -> None:
    text = "High myopia, not myopia, in Marfan syndrome"
    assert [text[span.start : span.end] for span in spans(public, text)] == ["High myopia", "myopia", "Marfan syndrome"]


def test_a_name_never_crosses_a_full_stop(public: GraphView) -> None:
    assert [e.id for span in spans(public, "Marfan. syndrome") for e in span.entities] == []


def test_an_everyday_word_says_what_was_looked_up(public: GraphView) -> None:
    (span,) = spans(public, "孩子发烧")
    assert (span.via, [e.id for e in span.entities]) == ("发 热", ["HP:0001945"])
    (span,) = spans(public, "孩子发热")
    assert span.via == ""


def test_namesakes_of_the_same_type_are_added(public: GraphView) -> None:
    named = spans(public, "asthma")
    (span,) = with_namesakes(named, public)
    assert {e.id for e in span.entities} == {"DOID:2841", "HP:0002099"}
    assert with_namesakes([], public) == []
