"""PubTator text as it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.jobs.incoming import name_of
from ingest.model import Document, Section
from ingest.sinks.ids import Ids
from ingest.sinks.model import Tagged
from ingest.sinks.pubtator import PubTator
from ingest.sources.annotated.pubtator import read


@pytest.fixture
def written() -> Callable[[Tagged], str]:
    return lambda tagged: PubTator(Ids("mesh")).document(tagged, first=True)


def test_every_line_is_as_the_corpora_have_it(tagged: Tagged, written: Callable[[Tagged], str]) -> None:
    assert written(tagged).split("\n") == [
        "7|t|Lithium and the heart.",
        "7|a|Lithium (<b>Li</b>) caused cardiac & renal failure in men with gout. "
        "Gout was not caused by lithium; the liver was well.",
        "7\t0\t7\tLithium\tChemical\tD008094",
        "7\t50\t73\tcardiac & renal failure\tDisease\tD006333|D051437",
        "7\t77\t90\tmen with gout\tDisease\t-",
        "7\t92\t96\tGout\tDisease\tD006073",
        "7\t115\t122\tlithium\tChemical\tD008094",
        "7\tCID\tD008094\tD006333",
        "7\tCID\tD008094\tD051437",
        "",
        "",
    ]


def test_our_reader_reads_what_is_written(tagged: Tagged, written: Callable[[Tagged], str], tmp_path: Path) -> None:
    other = replace(tagged, name="8")
    path = tmp_path / "out.pubtator"
    path.write_text(written(tagged) + written(other), encoding="utf-8")
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, second.id) == ("PMID:7", "PMID:8")
    assert (
        first.text
        == "\n".join(tagged.document.text.replace("\t", " ").split("\n")[:2])
        + " Gout was not caused by lithium; the liver was well."
    )
    assert [(a.start, a.end, a.type, a.id) for a in first.annotations if a.type == "Disease"] == [
        (50, 73, "Disease", "MESH:D006333"),
        (50, 73, "Disease", "MESH:D051437"),
        (77, 90, "Disease", ""),
        (92, 96, "Disease", "MESH:D006073"),
    ]
    assert [(s.subject, s.predicate, s.object) for s in first.statements] == [
        ("MESH:D008094", "causes", "MESH:D006333"),
        ("MESH:D008094", "causes", "MESH:D051437"),
    ]


@pytest.mark.parametrize(
    ("text", "title", "abstract"),
    [("One line.", "One line.", ""), ("A\nB\nC", "A", "B C"), ("\nB", "", "B"), ("", "", ""), ("A\r\nB", "A ", "B")],
)
def test_a_text_without_a_title_is_cut_at_its_first_line_feed(
    text: str, title: str, abstract: str, written: Callable[[Tagged], str]
) -> None:
    tagged = Tagged("a", Document("local:a", "", (Section("text", text),)), (), ())
    assert written(tagged) == f"a|t|{title}\na|a|{abstract}\n\n"


@pytest.mark.parametrize("name", ["a|b", "a\tb", "a\nb", "a\u2028b", " a", ""])
def test_a_name_that_would_break_a_line_is_escaped(name: str, written: Callable[[Tagged], str]) -> None:
    lines = written(Tagged(name, Document("local:a", "", (Section("text", "t"),)), (), ())).splitlines()
    head, kind, text = lines[0].split("|")
    assert (kind, text) == ("t", "t")
    assert head == head.strip()
    assert "\t" not in head


@pytest.mark.parametrize(
    ("id", "name"),
    [("PMID:7", "7"), ("PMCID:PMC7", "PMC7"), ("local:a%20b", "a b"), ("local:7", "local:7"), 
     ("DOI:10.1/a", "DOI:10.1/a"), ("local:PMID%3A7", "local:PMID%3A7")],
)  # fmt: skip
def test_a_document_goes_by_the_name_that_its_input_gave(id: str, name: str) -> None:
    assert name_of(id) == name
