"""What a newer release changes, and which of two stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.load import release_lines
from graph.model import Assertion, Contribution, Entity, Mention, PassageNode, Source
from graph.sqlite.store import SqliteStore
from ingest.jobs.load import load
from ingest.jobs.release import Releases
from ingest.model import Release

OBO = "format-version: 1.2\nontology: hp\ndata-version: hp/releases/{}\n"
TERM = "\n[Term]\nid: HP:{}\nname: {}\n"
OLD = OBO.format("2031-01-01") + TERM.format(1, "Ear") + TERM.format(2, "Blue ear") + "is_a: HP:1\n"
OLD += TERM.format(3, "Red ear") + "is_a: HP:1\n" + TERM.format(4, "Old ear") + "is_a: HP:1\n"
NEW = OBO.format("2032-01-01") + TERM.format(1, "Ear") + TERM.format(2, "Azure ear") + "is_a: HP:1\n"
NEW += TERM.format(3, "Red ear") + "is_a: HP:2\n" + TERM.format(5, "New ear") + "is_a: HP:1\n"
PATIENT = frozenset({"patient:1"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "g.sqlite")
    yield store
    store.close()


def put(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def linked(store: SqliteStore) -> None:
    """A document that mentions HP:4, and a patient who has it."""
    passage = PassageNode("p", "PMID:7", "text", 0, 7, "Old ear")
    note = PassageNode("q", "fhir:1", "text", 0, 7, "Old ear", PATIENT)
    has = Assertion.new(
        "fhir:P1", "has_condition", "HP:4", source="fhir:1", sentence="Old ear", passage="q", start=0, end=7,
        access=PATIENT,
    )  # fmt: skip
    store.replace(
        [
            Contribution(Source("PMID:7", "document"), (), (passage,), (Mention("p", "HP:4", 0, 7, "Old ear"),)),
            Contribution(
                Source("fhir:1", "document", access=PATIENT),
                (Entity("fhir:P1", "Patient", "one", access=PATIENT),), (note,), (), (has,),
            ),
        ]
    )  # fmt: skip


def test_a_newer_release_says_what_it_changes(store: SqliteStore, tmp_path: Path) -> None:
    list(load([put(tmp_path / "old.obo", OLD)], graph=store))
    linked(store)

    *_, progress = load([put(tmp_path / "new.obo", NEW)], graph=store)

    assert progress.releases == (
        Release(
            source="HPO", old="2031-01-01", new="2032-01-01", added=2, removed=2, changed=0, fresh=1,
            renamed=(("HP:2", "Blue ear", "Azure ear"),), renamed_count=1, retired=(("HP:4", ""),), retired_count=1,
            document_links=1, patient_links=1,
        ),
    )  # fmt: skip


def test_the_same_release_again_changes_nothing(store: SqliteStore, tmp_path: Path) -> None:
    path = put(tmp_path / "old.obo", OLD)
    list(load([path], graph=store))
    before = store.fingerprint()
    *_, progress = load([path, path], graph=store)
    assert progress.releases == ()
    assert store.fingerprint() == before


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_of_two_releases_at_once_the_newer_stands(store: SqliteStore, tmp_path: Path, order: tuple[str, str]) -> None:
    paths = [put(tmp_path / f"{name}.obo", text) for name, text in zip(order, (OLD, NEW), strict=True)]
    *_, progress = load(sorted(paths), graph=store)
    source = store.source("HPO")
    assert source is not None
    assert source.version == "2032-01-01"
    assert store.entities(["HP:4"], access=None) == {}
    if order == ("b", "a"):
        (failure,) = progress.done.failed
        assert "its release 2032-01-01 is loaded with it" in failure.reason


def test_what_an_older_reader_made_goes(store: SqliteStore, tmp_path: Path) -> None:
    path = put(tmp_path / "old.obo", OLD)
    source = Source("HPO", "curated", version="2031-01-01")
    ends = [Entity("HP:8", "Phenotype", "a"), Entity("HP:9", "Phenotype", "b")]
    made = Assertion.new("HP:8", "subclass_of", "HP:9", source="HPO", sentence="x", extractor="obo/0")
    store.load(source, ends, [made])
    *_, progress = load([path], graph=store)
    assert store.entities(["HP:8"], access=None) == {}
    assert progress.releases[0].removed == 1
    before = store.fingerprint()
    *_, again = load([path], graph=store)
    assert (again.releases, store.fingerprint()) == ((), before)


def test_qualifiers_that_differ_are_changes(store: SqliteStore) -> None:
    def said(mg: str, record: str) -> Assertion:
        return Assertion.new("A:1", "treats", "B:1", source="s", sentence="x", qualifiers={"mg": mg}, record=record)

    ends = [Entity("A:1", "Drug", "a"), Entity("B:1", "Disease", "b")]
    old, new = Source("s", "curated", version="1"), Source("s", "curated", version="2")
    for mg, changed in (("6", 1), ("5", 0)):
        store.load(old, ends, [said("5", "line 1")])
        with Releases() as releases:
            releases.put_aside(store, old, new)
            store.delete(["s"])
            store.load(new, ends, [said(mg, "line 9")])
            (release,) = releases.compared(store)
        assert (release.added, release.removed, release.changed, release.fresh) == (0, 0, changed, 0)
        store.delete(["s"])


def test_ids_are_compared_by_what_they_stand_for_and_what_waits_is_not(store: SqliteStore, tmp_path: Path) -> None:
    waits = TERM.format(6, "Far ear") + "is_a: HP:77\n"
    list(load([put(tmp_path / "old.obo", OLD + waits)], graph=store))
    store.load(Source("MONDO", "curated"), [Entity("MONDO:1", "Disease", "Ear")])
    table = "subject_id\tpredicate_id\tobject_id\nMONDO:1\tskos:exactMatch\tHP:1\nMONDO:1\tskos:exactMatch\tX:9\n"
    newer = OLD.replace("2031", "2032") + waits

    *_, progress = load([put(tmp_path / "new.obo", newer), put(tmp_path / "m.sssom.tsv", table)], graph=store)

    (release,) = progress.releases
    assert (release.added, release.removed, release.changed, release.fresh) == (0, 0, 0, 0)
    assert release.retired == ()  # the mappings came first


def test_what_was_said_of_an_id_that_is_merged_is_not_removed(store: SqliteStore, tmp_path: Path) -> None:
    list(load([put(tmp_path / "old.obo", OLD)], graph=store))
    red = TERM.format(3, "Red ear") + "is_a: HP:1\n"
    newer = OLD.replace("2031", "2032").replace(red, "").replace("name: Blue ear\n", "name: Blue ear\nalt_id: HP:3\n")

    *_, progress = load([put(tmp_path / "new.obo", newer)], graph=store)

    (release,) = progress.releases
    assert (release.added, release.removed, release.fresh) == (0, 0, 0)
    assert release.retired == (("HP:3", "HP:2"),)


def test_a_release_of_mappings_says_how_many_came_and_went(store: SqliteStore, tmp_path: Path) -> None:
    head = "#mapping_set_version: 2031-0{}-01\nsubject_id\tpredicate_id\tobject_id\tconfidence\n"
    row = "MONDO:{}\tskos:exactMatch\tDOID:{}\t{}\n"
    old = head.format(1) + row.format(1, 1, 0.9) + row.format(2, 2, 0.9) + row.format(3, 3, 0.9)
    new = head.format(2) + row.format(1, 1, 0.9) + row.format(2, 2, 0.8) + row.format(4, 4, 1) + row.format(5, 5, 1)
    list(load([put(tmp_path / "m.sssom.tsv", old)], graph=store))
    *_, progress = load([put(tmp_path / "m.sssom.tsv", new)], graph=store)
    (release,) = progress.releases
    assert (release.added, release.removed, release.changed) == (0, 0, 0)
    assert (release.mappings_added, release.mappings_removed, release.mappings_changed) == (2, 1, 1)
    (line,) = release_lines(release)
    assert line.endswith("2031-02-01: 2 mappings added, 1 removed, 1 changed")


@pytest.mark.parametrize("order", [("9", "10"), ("10", "9")])
def test_numbers_of_releases_are_compared_as_such(store: SqliteStore, tmp_path: Path, order: tuple[str, str]) -> None:
    head = "#mapping_set_version: {}\nsubject_id\tpredicate_id\tobject_id\nMONDO:1\tskos:exactMatch\tDOID:1\n"
    paths = [put(tmp_path / f"{version}.sssom.tsv", head.format(f"v{version}")) for version in order]
    list(load(paths, graph=store))
    (source,) = store.sources()
    assert source.version == "v10"
