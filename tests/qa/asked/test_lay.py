from pathlib import Path

import pytest

import qa.asked.lay
from graph.view import GraphView
from qa.asked.lay import firstly, meanings
from qa.asked.names import names_in
from text.names import normalise, tokens


def test_every_row_has_its_columns_and_stands_once() -> None:
    lines = Path(qa.asked.lay.__file__).with_name("lay.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 400
    assert {len(row) for row in rows} == {3}
    said = [normalise(row[0]) for row in rows if row[0] == row[0].lower()]
    assert len(said) == len(set(said))
    assert all(row[1] for row in rows)


@pytest.mark.parametrize(
    ("said", "text", "meant"),
    [
        ("blood thinners", "are blood thinners safe?", "anticoagulant"),
        ("止痛药", "止痛药有哪些", "镇 痛 药"),
        ("DM", "drugs for DM", "diabete mellitus"),
        ("sugar", "does my sugar need drugs", "diabete mellitus"),
    ],
)
def test_what_is_said_has_a_meaning(said: str, text: str, meant: str) -> None:
    assert meant in meanings(normalise(said), said, text)


@pytest.mark.parametrize(
    ("said", "text"),
    [("dm", "a dm"), ("sugar", "sugar in tea"), ("all", "all drugs"), ("ALL", "ALL drugs"), ("as", "as")],
)
def test_words_that_only_look_like_it_have_none(said: str, text: str) -> None:
    assert meanings(normalise(said), said, text) == ()


def test_lay_words_name_what_the_graph_has(public: GraphView) -> None:
    def named(text: str) -> list[str]:
        return [entity.name for span in names_in(text, tokens(text), public) for entity in span.entities]

    assert named("Nurofen with Panadol") == ["Ibuprofen"]
    assert named("美林能退烧吗") == ["Ibuprofen"]
    assert named("血压高怎么办") == ["Hypertension"]


def test_what_is_meant_first_is_written_so() -> None:
    assert firstly("egfr", "eGFR")
    assert not firstly("egfr", "EGFR")
    assert not firstly("sugar", "sugar")
