from graph.view import GraphView
from qa.asked.names import Span, names_in, with_namesakes
from text.names import tokens


def spans(view: GraphView, text: str) -> list[Span]:
    return names_in(text, tokens(text), view)


def test_the_longest_names_from_left_to_right(public: GraphView) -> None:
    text = "High myopia, not myopia, in Marfan syndrome"
    assert [text[span.start : span.end] for span in spans(public, text)] == ["High myopia", "myopia", "Marfan syndrome"]


def test_a_name_never_crosses_a_full_stop(public: GraphView) -> None:
    assert [e.id for span in spans(public, "High. myopia") for e in span.entities] == ["HP:0000545"]


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


def test_a_name_without_its_last_word_or_with_a_chinese_one(public: GraphView) -> None:
    for text in (
        "What signs are seen in Marfan?",
        "marfan是什么",
        "Marfan综合征的基因",
        "Marfan氏综合征",
        "Marfan disease",
    ):
        (span,) = spans(public, text)
        assert (span.via, [e.id for e in span.entities]) == ("marfan syndrome", ["OMIM:154700"]), text


def test_a_unit_behind_a_number_names_nothing(public: GraphView) -> None:
    assert [span.entities[0].name for span in spans(public, "Metformin 500 mg/day or 2 g per day?")] == ["Metformin"]
