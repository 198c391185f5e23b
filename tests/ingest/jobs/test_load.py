"""Curated files in any order, over any number of calls; what is asked before they are written, and told after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC
from graph.sqlite.store import SqliteStore
from ingest.errors import LicenceNotAccepted
from ingest.jobs.load import load
from ingest.model import Merged, Progress

DDINTER = "DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level\nDDInter90002,Blue,DDInter90001,Bluemycin,Major\n"
LEXICON = "id\ttype\tname\nMESH:D900001\tDisease\tBlue ear\n"
MONDO = """format-version: 1.2
data-version: releases/2025-01-01
ontology: mondo

[Term]
id: MONDO:0000001
name: heart attack

[Term]
id: MONDO:0000002
name: angina

[Term]
id: MONDO:0000009
name: obsolete angor
is_obsolete: true
consider: MONDO:0000002
"""
DOID = """format-version: 1.2
data-version: releases/2025-02-02
ontology: doid

[Term]
id: DOID:1
name: myocardial infarction
is_a: DOID:2

[Term]
id: DOID:2
name: angina of the heart
"""
SSSOM = """#license: CC0
subject_id	predicate_id	object_id	mapping_justification	confidence
MONDO:0000001	skos:exactMatch	DOID:1	semapv:ManualMappingCuration	0.9
MONDO:0000001	skos:exactMatch	DOID:2	semapv:LexicalMatching	0.4
MONDO:0000002	skos:closeMatch	DOID:2	semapv:LexicalMatching	0.4
"""
HPOA = (
    "#version: 2025-03-03\n"
    "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect"
    "\tbiocuration\n"
    "OMIM:1\tSome disease\t\tHP:0000001\tPMID:1\tPCS\t\t\t\t\tP\tx\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "g.sqlite")
    yield store
    store.close()


@pytest.fixture
def sqlite_of(tmp_path: Path) -> Callable[[], SqliteStore]:
    return lambda: SqliteStore(tmp_path / "graph.db")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    paths = {}
    for name, text in (
        ("mondo.obo", MONDO), ("doid.obo", DOID), ("mondo.sssom.tsv", SSSOM), ("phenotype.hpoa", HPOA),
    ):  # fmt: skip
        paths[name] = tmp_path / name
        paths[name].write_text(text, encoding="utf-8")
    return paths


def last(steps: Iterable[Progress]) -> Progress:
    return list(steps)[-1]


def merged(progress: Progress) -> Merged:
    assert progress.merged is not None
    return progress.merged


def test_no_order_of_files_shows(files: dict[str, Path], tmp_path: Path) -> None:
    prints = set()
    for number, order in enumerate(permutations(files.values())):
        store = SqliteStore(tmp_path / f"{number}.db")
        for file in order if number % 2 else ():
            assert last(load([file], graph=store)).done.failed == ()
        if not number % 2:
            last(load(order, graph=store))
        prints.add((store.fingerprint(), store.stats().entities, len(store.refused()), store.waiting()[0]))
        store.close()
    ((_, entities, refused, waiting),) = prints
    assert (entities, refused, waiting) == (4, 1, 1)


def test_the_end_says_what_was_merged_refused_and_waits(
    files: dict[str, Path], sqlite_of: Callable[[], SqliteStore]
) -> None:
    store = sqlite_of()
    first = merged(last(load([files["phenotype.hpoa"]], graph=store)))
    assert (first.before, first.after, first.largest, first.refused) == (0, 1, (), ())
    assert (first.waiting, first.waited_for) == (1, (("HP:0000001", ""),))
    last(load([files["mondo.obo"], files["doid.obo"]], graph=store))
    end = last(load([files["mondo.sssom.tsv"]], graph=store))
    assert (end.done.read, end.done.added, end.done.updated) == (2, 2, 0)
    report = merged(end)
    assert (report.before, report.after) == (5, 4)
    assert report.largest == (("MONDO:0000001", 2),)
    (refused,) = report.refused
    assert (refused.other, refused.canonical, refused.confidence) == ("DOID:2", "MONDO:0000001", 0.4)
    again = last(load([files["mondo.sssom.tsv"]], graph=store))
    assert (again.done.added, again.done.updated) == (0, 2)


def test_what_waits_for_an_obsolete_term_is_told_so(
    files: dict[str, Path], sqlite_of: Callable[[], SqliteStore], tmp_path: Path
) -> None:
    files["phenotype.hpoa"].write_text(HPOA.replace("HP:0000001", "HP:0000009"), encoding="utf-8")
    hp = tmp_path / "hp.obo"
    hp.write_text(MONDO.replace("MONDO:", "HP:").replace("mondo", "hp"), encoding="utf-8")
    report = merged(last(load([hp, files["phenotype.hpoa"]], graph=sqlite_of())))
    ((id, why),) = report.waited_for
    assert id == "HP:0000009"
    assert why.startswith("obsolete without one term in its place (hp.obo,")
    assert why.endswith("consider HP:0000002")


def test_a_new_release_of_mappings_takes_the_former_one_s_place(
    files: dict[str, Path], sqlite_of: Callable[[], SqliteStore]
) -> None:
    store = sqlite_of()
    paths = [files["mondo.obo"], files["doid.obo"], files["mondo.sssom.tsv"]]
    last(load(paths, graph=store))
    assert dict(store.mappings()) == {"DOID:1": "MONDO:0000001"}
    files["mondo.sssom.tsv"].write_text(
        "#mapping_set_version: 2025-04-04\n"
        + SSSOM.replace("0000001	skos:exactMatch	DOID:2", "0000002	skos:exactMatch	DOID:2").replace(
            "0000001	skos:exactMatch	DOID:1", "0000002	skos:broadMatch	DOID:1"
        ),
        encoding="utf-8",
    )
    last(load(paths, graph=store))
    assert dict(store.mappings()) == {"DOID:2": "MONDO:0000002"}
    assert store.entity("DOID:1", access=None).name == "myocardial infarction"


def test_without_its_licence_nothing_is_written(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.tsv").write_text(LEXICON)
    (tmp_path / "data" / "b.csv").write_text(DDINTER)

    with pytest.raises(LicenceNotAccepted, match="--accept-licence ddinter"):
        list(load([tmp_path / "data"], graph=store))

    assert store.stats().entities == 0


def test_a_restricted_source_carries_the_label_of_its_licence(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(DDINTER)

    *_, progress = load([tmp_path / "b.csv"], graph=store, accepted=["ddinter"])

    assert progress.done.failed == ()
    id = "DDINTER:DDInter90001"
    assert [r.predicate for r in store.neighbours(id, access=PUBLIC | RESTRICTED)] == ["interacts_with"]
    assert store.entities([id], access=PUBLIC) == {}
    assert store.assertions(subject=id, access=PUBLIC) == []
    assert {s.access for s in store.sources(kind="curated")} == {RESTRICTED}


def test_a_network_within_a_folder_is_loaded_as_one(store: SqliteStore, tmp_path: Path) -> None:
    for folder in ("edges", "nodes"):
        (tmp_path / "graph" / "net" / folder).mkdir(parents=True)
    edges, nodes = tmp_path / "graph" / "net" / "edges", tmp_path / "graph" / "net" / "nodes"
    (edges / "Gene_Interacts_Gene.tsv").write_text(":START_ID(Gene)\t:END_ID(Gene)\n7\t8\n")
    (nodes / "gene.tsv").write_text("geneId:ID(Gene)\tname\n7\tBLU1\n8\tBLU2\n")
    (tmp_path / "graph" / "a.tsv").write_text(LEXICON)

    *_, progress = load([tmp_path / "graph"], graph=store)

    assert progress.done.failed == ()
    assert (store.stats().entities, store.stats().assertions) == (3, 1)


def test_a_folder_s_company_is_left_alone(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.tsv").write_text(LEXICON)
    (tmp_path / "data" / "README.md").write_text("# Read me\n")
    (tmp_path / "data" / "LICENSE").write_text("None.\n")

    *_, progress = load([tmp_path / "data"], graph=store)

    assert progress.done.failed == ()
    assert [Path(file).name for file in progress.done.left] == ["LICENSE", "README.md"]
    *_, alone = load([tmp_path / "data" / "README.md"], graph=store)
    assert "no format of curated knowledge" in alone.done.failed[0].reason


def test_more_failures_than_are_kept_are_counted_and_written(
    sqlite_of: Callable[[], SqliteStore], tmp_path: Path
) -> None:
    table = tmp_path / "m.sssom.tsv"
    rows = [f"nothing\tskos:exactMatch\tDOID:{number}\n" for number in range(2_500)]
    good = "MONDO:1\tskos:exactMatch\tDOID:1\n"
    table.write_text(SSSOM.splitlines()[1][:36] + "\n" + good + "".join(rows))
    steps = list(load([table], graph=sqlite_of(), failures=tmp_path / "home" / "load.tsv"))
    assert len(steps) > 3  # one who waits is told
    tally = steps[-1].done
    assert (tally.read, tally.failures, len(tally.failed)) == (2_501, 2_500, 1_000)
    assert tally.failures_file == str(tmp_path / "home" / "load.tsv")
    *_, line = Path(tally.failures_file).read_text(encoding="utf-8").splitlines()
    assert line == f"{table}\tline 2502\t{tally.failed[0].reason}"
