"""The words of predicates: another whenever what is stated by a predicate reads otherwise, else the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from graph.model import Contribution, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.versions import joined, renewed
from tests.graph.test_store_contract import ASPIRIN, COUGH, FEVER, FLU, HPO, document, said
from tests.graph.test_store_properties import IDS, READERS, contributions, opened, quick

FINDINGS = ("has_phenotype", "subclass_of")
RASH = Entity("MESH:D005076", "Phenotype", "Rash")


def test_words_of_untouched_predicates_stay() -> None:
    words = renewed({}, ["treats"])
    after = renewed(words, ["treats"])
    assert joined(after, ["treats"]) != joined(words, ["treats"])
    assert joined(after, ["causes"]) == joined(words, ["causes"])
    assert joined(after, ["causes", "treats"]) == joined(after, ["treats", "causes", "treats"])
    assert joined(renewed(after, None), ["causes"]) != joined(after, ["causes"])


@pytest.fixture
def known(store: GraphStore) -> GraphStore:
    """A store with a disease and its finding, and a document that declares another finding of it."""
    stated = said(FLU.id, "has_phenotype", FEVER.id)
    store.load(HPO, [FEVER, COUGH, FLU, ASPIRIN], [stated])
    store.replace([document("PMID:1", said(FLU.id, "has_phenotype", RASH.id, "PMID:1"), entities=[RASH])])
    return store


CHANGES: dict[str, Callable[[GraphStore], object]] = {
    "stated by a document": lambda store: store.replace([
        document("PMID:2", said(FLU.id, "has_phenotype", COUGH.id, "PMID:2"))
    ]),
    "no longer stated by a document": lambda store: store.replace([document("PMID:1", entities=[RASH])]),
    "the document deleted": lambda store: store.delete(["PMID:1"]),
    "named otherwise": lambda store: store.replace([
        document("PMID:1", said(FLU.id, "has_phenotype", RASH.id, "PMID:1"), entities=[RASH]),
        document("PMID:0", entities=[replace(RASH, name="Exanthema")]),
    ]),
    "a synonym of a subject": lambda store: store.replace([document("PMID:2", entities=[replace(FLU, name="Grippe")])]),
    "mapped": lambda store: store.add_mappings([(RASH.id, COUGH.id)], Source("links", "curated")),
    "loaded": lambda store: store.load(
        Source("ORDO", "curated"), [], [said(FLU.id, "has_phenotype", COUGH.id, "ORDO")]
    ),
    "the curated source deleted": lambda store: store.delete(["HPO"]),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_stated_otherwise_has_another_word(known: GraphStore, change: Callable[[GraphStore], object]) -> None:
    before = known.version_of(FINDINGS)
    change(known)
    assert known.version_of(FINDINGS) != before


def test_what_is_stated_by_others_changes_no_word(known: GraphStore) -> None:
    before, others = known.version_of(FINDINGS), known.version_of(["treats"])
    nausea = Entity("MESH:D009325", "Phenotype", "Nausea")
    known.replace([
        document("PMID:2", said(ASPIRIN.id, "causes", nausea.id, "PMID:2"), entities=[nausea], mentions=[FEVER.id])
    ])  # fmt: skip
    known.delete(["PMID:2"])
    assert known.version_of(FINDINGS) == before
    assert known.version_of(["treats"]) == others
    assert known.version_of(["causes", *FINDINGS]) != known.version_of(FINDINGS)


def test_the_version_of_all_names_follows_what_documents_declare(known: GraphStore) -> None:
    versions = [known.names_version(curated_only=False)]
    known.replace([document("PMID:2", said(ASPIRIN.id, "causes", FEVER.id, "PMID:2"), mentions=[FEVER.id])])
    assert known.names_version(curated_only=False) == versions[0]
    known.replace([document("PMID:2", entities=[Entity("MESH:D009325", "Phenotype", "Nausea")])])
    versions.append(known.names_version(curated_only=False))
    known.delete(["PMID:2"])
    versions.append(known.names_version(curated_only=False))
    assert len(set(versions)) == 3
    assert "Nausea" not in {name for name, *_ in known.names(curated_only=False)}


def test_a_statement_that_rests_and_wakes_changes_its_word(store: GraphStore) -> None:
    store.load(HPO, [FLU], [said(FLU.id, "has_phenotype", RASH.id)])
    words = [store.version_of(FINDINGS)]
    for change in (
        lambda: store.replace([document("PMID:1", entities=[RASH])]),
        lambda: store.delete(["PMID:1"]),
    ):
        change()
        words.append(store.version_of(FINDINGS))
    assert len(set(words)) == 3


def test_no_two_stores_have_the_same_word(new_store: Callable[[], GraphStore]) -> None:
    words = []
    for _ in range(2):
        store = new_store()
        words.append(store.version_of(FINDINGS))
        store.load(HPO, [FEVER])
        words.append(store.version_of(FINDINGS))
        store.close()
    assert len(set(words)) == 4


def stated(store: SqliteStore, predicate: str) -> list[object]:
    """What is stated by a predicate, by every reader, with what stands in it."""
    found: list[object] = []
    for reader in READERS:
        rows = sorted(store.stated([predicate], access=reader), key=lambda row: (row.source, row.id))
        ends = store.entities({end for row in rows for end in (row.subject, row.object)}, access=reader)
        found.append((rows, sorted((id, one.type, one.name, one.synonyms) for id, one in ends.items())))
    return found


@quick
@given(contributions("PMID:1"), contributions("PMID:2"), contributions("PMID:2"))
def test_whatever_changes_has_another_word(a: Contribution, b: Contribution, c: Contribution) -> None:
    predicates = ("treats", "associated_with", "causes")
    with opened() as store:
        seen: dict[str, dict[str, list[object]]] = {name: {} for name in (*predicates, "names")}
        for write in (
            lambda: store.replace([a]),
            lambda: store.replace([b]),
            lambda: store.add_mappings([(IDS[1], IDS[0])], Source("links", "curated")),
            lambda: store.replace([c]),
            lambda: store.delete(["links"]),
            lambda: store.delete(["BASE"]),
            lambda: store.delete(["PMID:2"]),
        ):
            write()
            for name in predicates:
                now = stated(store, name)
                assert seen[name].setdefault(store.version_of([name]), now) == now
            named: list[object] = list(store.names(curated_only=False))
            assert seen["names"].setdefault(store.names_version(curated_only=False), named) == named


def test_what_an_older_program_wrote_counts_as_a_change(sqlite: SqliteStore, tmp_path: Path) -> None:
    sqlite.load(HPO, [FEVER, FLU])
    words = [sqlite.version_of(FINDINGS)]
    for version in ("one", "other"):
        with closing(sqlite3.connect(tmp_path / "graph.db", isolation_level=None)) as older:
            older.execute("UPDATE meta SET value = ? WHERE key = 'version'", (version,))
        words.append(sqlite.version_of(FINDINGS))
        sqlite.replace([document("PMID:1", mentions=[FEVER.id])])
        words.append(sqlite.version_of(FINDINGS))
    assert len(set(words)) == 5
    sqlite.replace([document("PMID:2", mentions=[FEVER.id])])
    assert sqlite.version_of(FINDINGS) == words[-1]
