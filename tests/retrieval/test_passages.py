from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from retrieval.errors import EncoderMismatch, IndexCorrupt, StorageUnavailable
from retrieval.model import PUBLIC, DocumentInfo, Filter, Listing, Passage, passage_id, passage_key
from retrieval.passage_words import FEW
from retrieval.passages import PassageStore

ANY = Filter(access=None, retracted=True)
Make = Callable[..., tuple[DocumentInfo, list[Passage], np.ndarray]]


def found(store: PassageStore, query: str, filter: Filter = ANY, k: int = 10) -> list[str]:
    """The texts found, best first."""
    hits = store.lexical(query, filter, k)
    passages = store.passages([id for id, _ in hits], access=None)
    return [passages[id].text for id, _ in hits]


def test_what_is_written_is_read(store: PassageStore, make: Make) -> None:
    info, passages, vectors = make(
        "PMID:1", "Gout and fever. ", "Colchicine helps.", title="Gout", year=1999, language="en", source="pubmed",
        licence="CC0", url="https://example.org/1", hash="ab", keywords=("Gout", "Pain"), retracted=True,
        publication_types=("Letter", "Comment"),
        access=frozenset({"b", "a"}), entities=("HP:1", "MONDO:2"),
    )  # fmt: skip
    store.replace([(info, passages, vectors)], encoder="e/1")
    assert store.document("PMID:1", access=None) == info
    assert store.documents(["PMID:1", "PMID:2"]) == {"PMID:1": info}
    assert store.passages_of("PMID:1", access=None) == passages
    assert store.text("PMID:1", access=None) == "Gout and fever. Colchicine helps."
    assert store.passages([p.id for p in passages] + ["0" * 32, "no id"], access=None) == {p.id: p for p in passages}
    assert store.counts() == (1, 2, 2)
    assert store.encoder() == ("e/1", 384)
    keys, read = next(store.vectors())
    assert keys.tolist() == [passage_key(p.id) for p in passages]
    np.testing.assert_array_equal(read, vectors.astype(np.float16).astype(np.float32))


def test_unknown_is_nothing(store: PassageStore) -> None:
    assert store.document("PMID:1", access=None) is None
    assert store.passages_of("PMID:1", access=None) == []
    assert store.text("PMID:1", access=None) == ""
    assert store.delete(["PMID:1"]) == 0
    assert store.counts() == (0, 0, 0)
    assert store.sequence() == 0
    assert list(store.vectors()) == []


def test_replacing_takes_away_what_was_there(store: PassageStore, make: Make) -> None:
    store.replace([make("A:1", "old gout text", "second", entities=("HP:1",))], encoder="e/1")
    store.replace([make("A:1", "new fever text")], encoder="e/1")
    assert found(store, "gout") == []
    assert found(store, "fever") == ["new fever text"]
    assert store.counts() == (1, 1, 1)
    assert store.matching(Filter(entities=frozenset({"HP:1"}), access=PUBLIC)).size == 0


def test_the_last_of_two_items_of_one_document_counts(store: PassageStore, make: Make) -> None:
    store.replace([make("A:1", "gout"), make("A:1", "fever")], encoder="e/1")
    assert store.text("A:1", access=None) == "fever"


def test_a_document_without_passages_is_kept(store: PassageStore, make: Make) -> None:
    store.replace([make("A:1", title="Title only")], encoder="e/1")
    assert store.counts() == (1, 0, 0)
    assert store.encoder() is None


def test_vectors_of_another_encoder_are_refused_and_nothing_is_written(store: PassageStore, make: Make) -> None:
    store.replace([make("A:1", "gout")], encoder="e/1")
    before = store.fingerprint()
    with pytest.raises(EncoderMismatch, match=r"e/1.*e/2"):
        store.replace([make("A:2", "fever")], encoder="e/2")
    info, passages, vectors = make("A:2", "fever")
    with pytest.raises(EncoderMismatch):
        store.replace([(info, passages, vectors[:, :10])], encoder="e/1")
    assert store.fingerprint() == before
    store.delete(["A:1"])
    store.replace([make("A:2", "fever")], encoder="e/2")
    assert store.encoder() == ("e/2", 384)


def test_vectors_are_given_by_key(store: PassageStore, make: Make) -> None:
    info, passages, vectors = make("A:1", "gout", "fever")
    store.replace([(info, passages, vectors), make("A:2", "rash")], encoder="e/1")
    asked = np.array([passage_key(passage.id) for passage in passages] + [5], np.int64)
    keys, given = store.recorded(asked)
    assert sorted(keys) == sorted(asked[:2])
    for key, vector in zip(keys.tolist(), given, strict=True):
        assert (vector == vectors[asked.tolist().index(key)].astype(np.float16)).all()
    assert [len(part) for part in store.recorded(np.array([5], np.int64))] == [0, 0]


def test_what_does_not_fit_together_is_refused_whole(store: PassageStore, make: Make) -> None:
    info, passages, vectors = make("A:1", "gout", "fever")
    wrong = {
        "as many vectors": (info, passages, vectors[:1]),
        "not finite": (info, passages, np.full_like(vectors, np.nan)),
        "another document": (DocumentInfo("A:2"), passages, vectors),
        "one id or one ordinal": (info, [passages[0], passages[0]], vectors),
    }
    for reason, item in wrong.items():
        with pytest.raises(ValueError, match=reason):
            store.replace([make("A:9", "good"), item], encoder="e/1")
    assert store.counts() == (0, 0, 0)


def test_words_are_stemmed_folded_and_weighed(store: PassageStore, make: Make) -> None:
    store.replace(
        [
            make("A:1", "Infections were treated."),
            make("A:2", "Naïve cells and TNF-α."),
            make("A:3", "头痛患者可以服用布洛芬。"),
            make("A:4", "Nothing of note.", title="Sarcoidosis", keywords=("Uveitis",)),
            make("A:5", "Sarcoidosis is mentioned here."),
        ],
        encoder="e/1",
    )
    assert found(store, "infection treatment") == ["Infections were treated."]
    assert found(store, "naive") == found(store, "tnf-alpha") == ["Naïve cells and TNF-α."]
    assert found(store, "什么药治头痛？") == found(store, "頭痛") == ["头痛患者可以服用布洛芬。"]
    assert found(store, "uveitis") == ["Nothing of note."]
    assert found(store, "sarcoidosis")[0] == "Nothing of note."


@pytest.mark.parametrize("query", ["", "   ", "?!", "the of and", "\x00", '"', "的吗"])
def test_a_query_without_words_finds_nothing(store: PassageStore, make: Make, query: str) -> None:
    store.replace([make("A:1", "the gout of and 的")], encoder="e/1")
    assert found(store, query) == []


@settings(max_examples=60, deadline=None)
@given(query=some.text(alphabet="\"*():^-+{}~ANDORNEAT gout\x00;'頭痛", max_size=30) | some.text(max_size=20))
def test_a_query_is_never_syntax(asked: PassageStore, query: str) -> None:
    assert found(asked, f"{query} gout") == ["gout in men"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, make: Make) -> PassageStore:
    store = PassageStore(tmp_path_factory.mktemp("asked") / "passages.sqlite")
    store.replace([make("A:1", "gout in men"), make("A:2", "zzzz")], encoder="e/1")
    return store


def test_common_words_are_left_out_where_a_rare_one_is_there(store: PassageStore, make: Make) -> None:
    common = [make(f"A:{i}", f"patients number{i}") for i in range(FEW + 20)]
    store.replace([*common, make("B:1", "gout only")], encoder="e/1")
    assert found(store, "patients with gout") == ["gout only"]
    assert len(found(store, "patients", k=200)) == FEW + 20


def test_equal_scores_come_by_id(store: PassageStore, make: Make) -> None:
    store.replace([make(f"A:{i}", "gout gout", "fever") for i in range(9)], encoder="e/1")
    ids = [id for id, _ in store.lexical("gout", ANY, 20)]
    assert ids == sorted(ids)
    assert [id for id, _ in store.lexical("gout", ANY, 4)] == ids[:4]


def test_filters(store: PassageStore, make: Make) -> None:
    store.replace(
        [
            make("A:1", "gout one", year=1990, source="pubmed", language="en", entities=("HP:1", "HP:2")),
            make("A:2", "gout two", year=2000, source="pmc", language="zh", entities=("HP:2",)),
            make("A:3", "gout three", retracted=True, year=2000),
            make("A:4", "gout four", access=frozenset({"patient:1", "staff"}), year=2000),
            make("A:5", "gout five", access=frozenset()),
        ],
        encoder="e/1",
    )
    expected = {
        Filter(access=PUBLIC): {"one", "two"},
        Filter(access=None): {"one", "two", "four", "five"},
        ANY: {"one", "two", "three", "four", "five"},
        Filter(access=frozenset({"staff"})): {"four"},
        Filter(access=frozenset({"staff", "public"})): {"one", "two", "four"},
        Filter(access=frozenset()): set(),
        Filter(year_from=1995, access=PUBLIC): {"two"},
        Filter(year_to=1995, access=PUBLIC): {"one"},
        Filter(year_from=1991, year_to=1999, access=PUBLIC): set(),
        Filter(sources=frozenset({"pmc"}), access=PUBLIC): {"two"},
        Filter(sources=frozenset(), access=PUBLIC): set(),
        Filter(languages=frozenset({"en"}), retracted=True, access=PUBLIC): {"one", "three"},
        Filter(documents=frozenset({"A:1", "A:4", "A:9"}), access=PUBLIC): {"one"},
        Filter(entities=frozenset({"HP:2", "HP:1"}), access=PUBLIC): {"one", "two"},
        Filter(entities=frozenset({"HP:1"}), documents=frozenset({"A:2"}), access=PUBLIC): set(),
    }
    ids = {passage_key(p.id): p.text.split()[1] for i in range(1, 6) for p in store.passages_of(f"A:{i}", access=None)}
    for filter, words in expected.items():
        assert {text.split()[1] for text in found(store, "gout", filter)} == words, filter
        matching = store.matching(filter)
        assert {ids[key] for key in matching.tolist()} == words, filter
        assert len(set(matching.tolist())) == matching.size, filter
        assert {ids[key] for key in store.visible(ids, filter)} == words, filter


def test_documents_are_listed_by_year_then_id(store: PassageStore, make: Make) -> None:
    rows = [
        make("A:1", "x", title="Gout", year=1999, language="en", source="pubmed"),
        make("A:2", "x", "y", title="痛风 and GOUT", year=2010, language="zh", source="pmc", retracted=True),
        make("A:3", "x", title="100 % sure", year=None, language="en", source="pmc"),
        make("A:4", "x", title="Hidden gout", year=2010, language="en", source="fhir", access=frozenset({"b"})),
    ]
    store.replace(rows, encoder="e/1")

    def listed(limit: int = 9, offset: int = 0, **wanted: object) -> tuple[list[str], int]:
        documents, total = store.listed(Listing(**{"access": None, **wanted}), limit=limit, offset=offset)  # type: ignore[arg-type]
        return [document.id for document in documents], total

    assert listed() == (["A:2", "A:4", "A:1", "A:3"], 4)
    assert listed(2, 1) == (["A:4", "A:1"], 4)
    assert listed(access=PUBLIC) == (["A:2", "A:1", "A:3"], 3)
    assert listed(title="gout", retracted=False) == (["A:4", "A:1"], 2)
    assert listed(title="%") == (["A:3"], 1)
    assert listed(title="痛风", languages=frozenset({"zh"})) == (["A:2"], 1)
    assert listed(sources=frozenset({"pmc", "pubmed"}), year_to=2005) == (["A:1"], 1)
    assert listed(year_from=2011) == listed(access=frozenset()) == ([], 0)
    assert (store.seen(access=None), store.seen(access=PUBLIC), store.seen(access=frozenset())) == (
        (4, 5), (3, 4), (0, 0)
    )  # fmt: skip


def test_what_a_reader_may_not_see_is_not_there(store: PassageStore, make: Make) -> None:
    store.replace([make("A:1", "gout", access=frozenset({"patient:1", "staff"}))], encoder="e/1")
    id = store.passages_of("A:1", access=None)[0].id
    for access, there in ((frozenset({"public"}), False), (frozenset({"staff", "x"}), True), (None, True)):
        assert (store.document("A:1", access=access) is not None) is there
        assert bool(store.passages([id], access=access)) is there
        assert bool(store.passages_of("A:1", access=access)) is there
        assert bool(store.text("A:1", access=access)) is there


texts = some.lists(some.sampled_from(["gout", "fever and gout", "头痛", "renal failure", "TNF-α"]), max_size=3)
steps = some.lists(some.tuples(some.sampled_from("ABC"), texts | some.none()), max_size=8)


@settings(max_examples=25, deadline=None)
@given(steps=steps)
def test_any_sequence_of_writes_leaves_what_the_last_ones_said(
    tmp_path_factory: pytest.TempPathFactory, make: Make, steps: list[tuple[str, list[str] | None]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    store, fresh = PassageStore(folder / "a.sqlite"), PassageStore(folder / "b.sqlite")
    live: dict[str, list[str]] = {}
    for name, words in steps:
        id = f"X:{name}"
        if words is None:
            assert store.delete([id]) == (live.pop(id, None) is not None)
        else:
            for _ in range(2):  # twice is once
                store.replace([make(id, *words, title=name, entities=("E:1",))], encoder="e/1")
            live[id] = words
    fresh.replace([make(id, *words, title=id[-1], entities=("E:1",)) for id, words in live.items()], encoder="e/1")
    assert store.fingerprint() == fresh.fingerprint()
    assert store.counts() == fresh.counts()
    for query in ("gout", "头痛", "failure", "tnf alpha fever", "A"):
        assert store.lexical(query, ANY, 5) == fresh.lexical(query, ANY, 5)
    store.close()
    fresh.close()


def test_deleting_leaves_no_trace(store: PassageStore, make: Make, tmp_path: Path) -> None:
    store.replace([make("A:1", "gout")], encoder="e/1")
    before = store.fingerprint()
    store.replace([make("A:2", "Zyxgeheim fever", access=frozenset({"patient:zyx"}))], encoder="e/1")
    assert store.fingerprint() != before
    assert store.delete(["A:2", "A:3"]) == 1
    assert store.fingerprint() == before
    with sqlite3.connect(tmp_path / "passages.sqlite") as db:
        for table in ("documents", "passages", "grants", "sets"):
            assert "zyx" not in str(db.execute(f"SELECT * FROM {table}").fetchall()).lower()  # noqa: S608 - as listed
    db.close()
    store.close()
    for file in tmp_path.iterdir():
        assert b"zyx" not in file.read_bytes().lower(), file


def test_each_part_of_a_document_counts_in_the_fingerprint(tmp_path: Path, make: Make) -> None:
    plain = make("A:1", "gout")
    others = [
        make("A:1", "Gout"), make("A:2", "gout"), make("A:1", "gout", year=1), make("A:1", "gout", title="t"),
        make("A:1", "gout", keywords=("k",)), make("A:1", "gout", retracted=True), make("A:1", "gout", entities=("e",)),
        make("A:1", "gout", publication_types=("k",)), make("A:1", "gout", access=frozenset({"x"})),
        (plain[0], plain[1], -plain[2]),
    ]  # fmt: skip
    seen = set()
    for number, item in enumerate([plain, *others]):
        store = PassageStore(tmp_path / f"{number}.sqlite")
        store.replace([item], encoder="e/1")
        seen.add(store.fingerprint())
        store.close()
    assert len(seen) == 1 + len(others)


def test_changes_tell_an_index_what_to_do(store: PassageStore, make: Make) -> None:
    one, two = make("A:1", "gout"), make("A:2", "fever")
    store.replace([one], encoder="e/1")
    first = store.changes(0)
    assert first is not None
    assert (first.added.tolist(), first.removed.tolist()) == ([passage_key(one[1][0].id)], [])
    assert first.sequence == store.sequence()
    store.replace([two], encoder="e/1")
    store.delete(["A:1"])
    then = store.changes(first.sequence)
    assert then is not None
    assert then.added.tolist() == [passage_key(two[1][0].id)]
    assert then.removed.tolist() == [passage_key(one[1][0].id)]
    assert then.vectors.shape == (1, 384)
    last = store.changes(store.sequence())
    assert last is not None
    assert last.sequence == store.sequence()
    assert not len(last.added)
    assert not len(last.removed)


def test_forgotten_changes_are_not_made_up(store: PassageStore, make: Make) -> None:
    store.replace([make("A:1", "gout")], encoder="e/1")
    middle = store.sequence()
    store.replace([make("A:2", "fever")], encoder="e/1")
    store.truncate(middle)
    assert store.changes(0) is None
    assert store.changes(middle) is not None
    assert store.changes(store.sequence() + 1) is None
    store.truncate(0)
    assert store.changes(0) is None


def test_many_read_while_one_writes(store: PassageStore, make: Make) -> None:
    store.replace([make("A:1", "gout gout", "fever")], encoder="e/1")
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            passages = store.passages_of("A:1", access=None)
            documents, count, vectors = store.counts()
            if (len(passages), documents, count, vectors) not in {(2, 1, 2, 2)} or len(
                store.lexical("gout", ANY, 9)
            ) != 1:
                wrong.append(passages)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for number in range(30):
        store.replace([make("A:1", f"gout number{number % 3}", "fever")], encoder="e/1")
    stop.set()
    for thread in readers:
        thread.join()
    assert wrong == []


def test_the_words_are_made_anew_when_the_rules_of_folding_changed(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "passages.sqlite"
    store = PassageStore(path)
    store.replace([make("A:1", "gout"), make("A:2", "fever")], encoder="e/1")
    store.close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE meta SET value = '0 of another time' WHERE name = 'fold'")
    db.execute("INSERT INTO words (words) VALUES ('delete-all')")
    db.close()
    store = PassageStore(path)
    assert found(store, "gout") == []
    store.delete(["A:2"])
    assert found(store, "gout") == ["gout"]
    assert found(store, "fever") == []
    store.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "passages.sqlite"
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(IndexCorrupt, match=r"passages\.sqlite"):
        PassageStore(path)


def test_a_database_of_another_program_or_version(tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / "foreign.sqlite", isolation_level=None)
    foreign.execute("CREATE TABLE t (x)")
    foreign.close()
    with pytest.raises(IndexCorrupt, match="another program"):
        PassageStore(tmp_path / "foreign.sqlite")
    PassageStore(tmp_path / "ours.sqlite").close()
    later = sqlite3.connect(tmp_path / "ours.sqlite", isolation_level=None)
    later.execute("PRAGMA user_version = 99")
    later.close()
    with pytest.raises(IndexCorrupt, match="another version"):
        PassageStore(tmp_path / "ours.sqlite")


def test_damaged_pages_are_found(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "passages.sqlite"
    store = PassageStore(path)
    store.replace([make(f"A:{i}", f"gout {i} " * 50) for i in range(60)], encoder="e/1")
    store.close()
    raw = bytearray(path.read_bytes())
    raw[8192:] = b"\xa5" * (len(raw) - 8192)
    path.write_bytes(raw)
    with pytest.raises(IndexCorrupt):
        PassageStore(path).fingerprint()


def test_a_path_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageUnavailable):
        PassageStore(tmp_path / "file" / "passages.sqlite")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageUnavailable):
        PassageStore(tmp_path / "folder")


def test_waiting_for_another_writer_ends(tmp_path: Path, make: Make) -> None:
    store = PassageStore(tmp_path / "passages.sqlite", timeout=0.1)
    other = sqlite3.connect(tmp_path / "passages.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="locked"):
        store.replace([make("A:1", "gout")], encoder="e/1")
    assert store.counts() == (0, 0, 0)
    other.execute("ROLLBACK")
    other.close()
    store.replace([make("A:1", "gout")], encoder="e/1")
    store.close()
    with pytest.raises(StorageUnavailable, match="closed"):
        store.counts()


def test_a_passage_id_is_what_the_model_says() -> None:
    assert passage_id("A:1", 0, 4, "gout") != passage_id("A:1", 0, 4, "Gout")
    assert 0 <= passage_key("f" * 32) < 2**63
