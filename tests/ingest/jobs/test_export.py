"""What is exported and read again states the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Contribution, Entity, Match, Mention, Name, PassageNode, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from ingest.jobs.export import export
from ingest.jobs.load import load

OPEN = Source("blue", "curated", "Blue list", "2031", "CC0-1.0", language="en", url="https://example.org")
SHUT = Source("red", "curated", "Red list", "7", "CC-BY-NC-4.0", access=RESTRICTED)
NOTE = Source("PMID:7", "document", "On blue ears")
DRUG = Entity(
    "DRUGBANK:DB9", "Drug", "Bluemycin", (Name("蓝霉素", "zh"), Name("blue|mycin")), ("MESH:C9",), "A\tdrug.\n"
)
EAR = Entity("DOID:9", "Disease", "Blue ear")
RED = Entity("DOID:8", "Disease", "Red ear", access=RESTRICTED)
FACTS = [
    Assertion.new(DRUG.id, "treats", EAR.id, source="blue", sentence="a\tline | of \\n", qualifiers={"dose": "5 mg"},
                  record="r1", extractor="blue/1", confidence=0.5),
    Assertion.new(DRUG.id, "inhibits", EAR.id, source="blue", sentence=" b ", polarity="negated", record="r2"),
    Assertion.new(EAR.id, "has_onset", DRUG.id, source="blue", sentence="c", certainty="possible", record="r3"),
]  # fmt: skip
HIDDEN = Assertion.new(DRUG.id, "causes", RED.id, source="red", sentence="d", record="r4", access=RESTRICTED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "g.sqlite")
    store.add_mappings([("MESH:D9", EAR.id)], Source("maps", "curated"))
    store.load(OPEN, [DRUG, EAR], FACTS)
    store.load(SHUT, [RED], [HIDDEN])
    passage = PassageNode("p1", NOTE.id, "text", 0, 33, "On blue ears\nBlue ear is an ear x.")
    mention = Mention("p1", EAR.id, 13, 21, "Blue ear")
    store.replace([Contribution(NOTE, (), (passage,), (mention,), ())])
    yield store
    store.close()


def _facts(store: SqliteStore) -> list[Assertion]:
    return [a for name in ("blue", "red") for a in store.assertions(source=name, access=None)]


@pytest.mark.parametrize("format", ["kgx", "kgx-jsonl", "obographs"])
def test_the_same_assertions_come_back(store: SqliteStore, tmp_path: Path, format: str) -> None:
    access = PUBLIC | RESTRICTED
    written = export(format, tmp_path / "out.json", GraphView(store, access), lambda _: "")
    assert (written.entities, written.assertions) == (3, 4)

    other = SqliteStore(tmp_path / "other.sqlite")
    *_, progress = load(written.files, graph=other)

    assert progress.done.failed == ()
    assert _facts(other) == _facts(store)
    drug = other.entity(DRUG.id, access=PUBLIC)
    assert drug == store.entity(DRUG.id, access=PUBLIC)
    assert other.entities([RED.id], access=PUBLIC) == {}
    assert other.source("blue") == OPEN
    other.close()


def test_what_a_reader_may_not_see_is_not_exported(store: SqliteStore, tmp_path: Path) -> None:
    written = export("kgx", tmp_path / "out", GraphView(store, PUBLIC), lambda _: "")
    assert written.assertions == 3
    assert "Red ear" not in (tmp_path / "out_nodes.tsv").read_text()
    assert "DOID:8" not in (tmp_path / "out_edges.tsv").read_text()


def test_mappings_come_back(store: SqliteStore, tmp_path: Path) -> None:
    written = export("sssom", tmp_path / "m.sssom.tsv", GraphView(store, PUBLIC), lambda _: "")
    assert written.mappings == 1
    other = SqliteStore(tmp_path / "other.sqlite")
    *_, progress = load(written.files, graph=other)
    assert progress.done.failed == ()
    assert dict(other.mappings()) == dict(store.mappings()) == {"MESH:D9": "DOID:9"}
    other.close()


def test_mappings_are_exported_as_stated(store: SqliteStore, tmp_path: Path) -> None:
    mine, shut = Source("mine", "curated"), Source("shut", "curated", access=RESTRICTED)
    store.add_mappings([Match("UMLS:C9", "MESH:D9", 0.5, "semapv:LexicalMatching")], mine)
    store.add_mappings([Match("UMLS:C9", "DOID:8", 0.9), Match("UMLS:C8", "DOID:9")], shut)

    every = export("sssom", tmp_path / "all.sssom.tsv", GraphView(store, PUBLIC | RESTRICTED), lambda _: "")
    seen = export("sssom", tmp_path / "open.sssom.tsv", GraphView(store, PUBLIC), lambda _: "")

    for written, chain in ((every, {"UMLS:C9": "DOID:8", "UMLS:C8": "DOID:9"}), (seen, {"UMLS:C9": "DOID:9"})):
        other = SqliteStore(tmp_path / f"{written.mappings}.sqlite")
        list(load(written.files, graph=other))
        assert dict(other.mappings()) == {"MESH:D9": "DOID:9", **chain}
        other.close()
    line = next(line for line in (tmp_path / "open.sssom.tsv").read_text().splitlines() if "UMLS:C9" in line)
    assert line == "MESH:D9\t\tskos:exactMatch\tUMLS:C9\tsemapv:LexicalMatching\t0.5"


def test_documents_as_pubtator(store: SqliteStore, tmp_path: Path) -> None:
    text = "On blue ears\nBlue ear is an ear x."
    written = export("pubtator", tmp_path / "d.pubtator", GraphView(store, PUBLIC), lambda _: text)
    assert written.documents == 1
    assert (tmp_path / "d.pubtator").read_text() == (
        "7|t|On blue ears\n7|a|Blue ear is an ear x.\n7\t13\t21\tBlue ear\tDisease\tD9\n\n"
    )
