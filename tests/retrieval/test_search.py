from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from retrieval import fusion
from retrieval.errors import EncoderMismatch
from retrieval.faiss_index import FaissIndexes
from retrieval.model import PUBLIC, DocumentInfo, Filter, Hit, Passage
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher

Make = Callable[..., tuple[DocumentInfo, list[Passage], np.ndarray]]

TEXTS = (
    "Metformin lowers blood glucose in type 2 diabetes.",
    "Warfarin and aspirin together raise the risk of bleeding.",
    "Migraine headache responds to triptans taken early.",
    "The child presented with fever, rash and swollen joints.",
    "Ibuprofen is contraindicated in severe renal failure.",
    "头痛患者可以服用布洛芬。",
)
QUERIES = ("drugs for diabetes", "warfarin bleeding", "fever in a child", "头痛")


@pytest.fixture
def searcher(store: PassageStore, onnx: OnnxEncoder, tmp_path: Path) -> Searcher:
    return Searcher(store, onnx, FaissIndexes(), tmp_path / "index")


@pytest.fixture
def filled(store: PassageStore, onnx: OnnxEncoder, make: Make) -> PassageStore:
    store.replace([make(f"A:{i}", text) for i, text in enumerate(TEXTS)], encoder=onnx.name)
    return store


def texts(hits: list[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


def brute(live: dict[str, tuple[DocumentInfo, list[Passage], np.ndarray]], query: np.ndarray) -> list[str]:
    """Passage ids by cosine, compared one by one, as the stored half precision has them."""
    rows = [
        (-round(float(vector.astype(np.float16).astype(np.float32) @ query), 5), passage.id)
        for _, passages, vectors in live.values()
        for passage, vector in zip(passages, vectors, strict=True)
    ]
    return [id for _, id in sorted(rows)]


def test_an_empty_store_finds_nothing(searcher: Searcher) -> None:
    assert searcher.search("diabetes", filter=Filter(PUBLIC)) == []


@pytest.mark.parametrize("query", ["", "  \n", "?!…", "—"])
def test_a_query_without_words_finds_nothing(filled: PassageStore, searcher: Searcher, query: str) -> None:
    assert searcher.search(query, filter=Filter(PUBLIC)) == []


def test_found_by_words_and_by_meaning(filled: PassageStore, searcher: Searcher) -> None:
    hit = searcher.search("Which drug lowers blood sugar in diabetes?", k=3, filter=Filter(PUBLIC))[0]
    assert hit.passage.text == TEXTS[0]
    assert hit.document == filled.document("A:0", access=None)
    assert hit.parts["lexical_rank"] == hit.parts["dense_rank"] == 1
    assert hit.score == pytest.approx(1 + fusion.WORDS)
    assert 0 < hit.parts["cosine"] <= 1
    assert hit.parts["bm25"] > 0
    by_meaning = searcher.search("anticoagulant haemorrhage", k=1, filter=Filter(PUBLIC))[0]
    assert by_meaning.passage.text == TEXTS[1]
    assert "lexical_rank" not in by_meaning.parts
    assert texts(searcher.search("什么药治头痛？", k=1, filter=Filter(PUBLIC))) == [TEXTS[5]]


def test_k_hits_come_in_falling_order(filled: PassageStore, searcher: Searcher) -> None:
    hits = searcher.search("fever headache diabetes", k=4, filter=Filter(PUBLIC))
    assert len(hits) == 4
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == 4
    assert searcher.search("fever", k=0, filter=Filter(PUBLIC)) == []


def test_a_very_long_query_is_answered(filled: PassageStore, searcher: Searcher) -> None:
    assert texts(searcher.search("migraine headache " * 6000, k=1, filter=Filter(PUBLIC))) == [TEXTS[2]]


def test_it_follows_what_is_written_and_deleted(filled: PassageStore, searcher: Searcher, make: Make) -> None:
    assert texts(searcher.search("warfarin", k=1, filter=Filter(PUBLIC))) == [TEXTS[1]]
    filled.delete(["A:1"])
    assert TEXTS[1] not in texts(searcher.search("warfarin", k=10, filter=Filter(PUBLIC)))
    filled.replace([make("A:7", "Warfarin dose is guided by the INR.")], encoder="bge-small-en-medical/1")
    assert texts(searcher.search("warfarin", k=1, filter=Filter(PUBLIC))) == ["Warfarin dose is guided by the INR."]
    assert len(searcher) == filled.counts()[2]


def test_a_narrow_filter_still_gives_k_hits_by_meaning(
    store: PassageStore, searcher: Searcher, onnx: OnnxEncoder, make: Make
) -> None:
    public = [make(f"P:{i}", "Metformin lowers blood glucose in type 2 diabetes.") for i in range(150)]
    rare = [make(f"R:{i}", TEXTS[3], access=frozenset({"patient:1"}), year=1950 + i) for i in range(4)]
    store.replace([*public, *rare], encoder=onnx.name)
    hits = searcher.search("glucose", filter=Filter(access=frozenset({"patient:1"})), k=4)
    assert sorted(hit.document.id for hit in hits) == ["R:0", "R:1", "R:2", "R:3"]
    narrow = Filter(access=None, year_from=1951, year_to=1952)
    assert sorted(hit.document.id for hit in searcher.search("glucose", filter=narrow)) == ["R:1", "R:2"]
    store.delete(["R:1"])
    assert [hit.document.id for hit in searcher.search("glucose", filter=narrow)] == ["R:2"]


LABELS = ("public", "staff", "patient:1")
documents = some.dictionaries(
    some.integers(0, 7),
    some.tuples(
        some.lists(some.sampled_from(TEXTS), min_size=1, max_size=2),
        some.frozensets(some.sampled_from(LABELS)),
        some.booleans(),
        some.sampled_from([None, 1990, 2000]),
    ),
    max_size=6,
)
filters = some.builds(
    Filter,
    access=some.none() | some.frozensets(some.sampled_from(LABELS)),
    year_from=some.sampled_from([None, 1995]),
    retracted=some.booleans(),
    documents=some.none() | some.frozensets(some.sampled_from([f"A:{i}" for i in range(8)])),
)


@settings(max_examples=25, deadline=None)
@given(documents=documents, filter=filters, query=some.sampled_from(QUERIES))
def test_what_the_filter_excludes_is_never_found_and_all_else_is(
    tmp_path_factory: pytest.TempPathFactory,
    onnx: OnnxEncoder,
    make: Make,
    documents: dict[int, tuple[list[str], frozenset[str], bool, int | None]],
    filter: Filter,
    query: str,
) -> None:
    folder = tmp_path_factory.mktemp("filtered")
    store = PassageStore(folder / "passages.sqlite")
    items = {
        f"A:{i}": make(f"A:{i}", *words, access=access, retracted=retracted, year=year)
        for i, (words, access, retracted, year) in documents.items()
    }
    store.replace(list(items.values()), encoder=onnx.name)
    hits = Searcher(store, onnx, FaissIndexes(), folder / "index").search(query, filter=filter, k=50)
    expected = {
        passage.id
        for info, passages, _ in items.values()
        for passage in passages
        if (filter.access is None or info.access & filter.access)
        and (filter.retracted or not info.retracted)
        and (filter.year_from is None or (info.year or 0) >= filter.year_from)
        and (filter.documents is None or info.id in filter.documents)
    }
    assert {hit.passage.id for hit in hits} == expected
    store.close()


steps = some.lists(
    some.one_of(
        some.tuples(some.integers(0, 4), some.lists(some.sampled_from(TEXTS), min_size=1, max_size=2)),
        some.tuples(some.integers(0, 4), some.none()),
        some.sampled_from(["save", "search", "reopen"]),
    ),
    max_size=10,
)


@settings(max_examples=25, deadline=None)
@given(steps=steps, query=some.sampled_from(QUERIES))
def test_any_history_searches_like_a_fresh_store_and_like_comparing_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, onnx: OnnxEncoder, make: Make, steps: list[object], query: str
) -> None:
    folder = tmp_path_factory.mktemp("history")
    store, fresh = PassageStore(folder / "a.sqlite"), PassageStore(folder / "b.sqlite")
    searcher = Searcher(store, onnx, FaissIndexes(), folder / "index")
    live: dict[str, tuple[DocumentInfo, list[Passage], np.ndarray]] = {}
    for step in steps:
        match step:
            case "save":
                searcher.save()
            case "search":
                searcher.search(query, filter=Filter(PUBLIC))
            case "reopen":
                searcher = Searcher(store, onnx, FaissIndexes(), folder / "index")
            case (number, None):
                store.delete([f"A:{number}"])
                live.pop(f"A:{number}", None)
            case (number, [*words]):
                live[f"A:{number}"] = make(f"A:{number}", *words)
                store.replace([live[f"A:{number}"]], encoder=onnx.name)
    fresh.replace(list(live.values()), encoder=onnx.name)
    hits = searcher.search(query, k=20, filter=Filter(PUBLIC))
    assert hits == Searcher(fresh, onnx, FaissIndexes(), folder / "none").search(query, k=20, filter=Filter(PUBLIC))
    by_rank = sorted((hit for hit in hits), key=lambda hit: hit.parts["dense_rank"])
    vector = onnx.encode([query], "query")[0]
    cosines = {id: place for place, id in enumerate(brute(live, vector))}
    assert len(hits) == len(cosines)
    for first, second in pairwise(by_rank):
        assert cosines[first.passage.id] < cosines[second.passage.id] or first.parts["cosine"] == pytest.approx(
            second.parts["cosine"], abs=1e-5
        )
    store.close()
    fresh.close()


def test_saving_forgets_the_log_and_another_searcher_takes_the_new_generation(
    filled: PassageStore, searcher: Searcher, onnx: OnnxEncoder, make: Make, tmp_path: Path
) -> None:
    other = Searcher(filled, onnx, FaissIndexes(), tmp_path / "index")
    assert other.search("diabetes", k=1, filter=Filter(PUBLIC))
    filled.replace([make("A:9", "Gout is treated with colchicine.")], encoder=onnx.name)
    searcher.save()
    assert filled.changes(0) is None
    assert texts(other.search("gout", k=1, filter=Filter(PUBLIC))) == ["Gout is treated with colchicine."]
    assert FaissIndexes().load(tmp_path / "index")[1].sequence == filled.sequence()
    late = Searcher(filled, onnx, FaissIndexes(), tmp_path / "index")
    assert late.search("gout", k=3, filter=Filter(PUBLIC)) == other.search("gout", k=3, filter=Filter(PUBLIC))


def test_a_log_that_reaches_back_nowhere_means_reading_all_anew(
    filled: PassageStore, searcher: Searcher, onnx: OnnxEncoder, make: Make
) -> None:
    searcher.search("diabetes", filter=Filter(PUBLIC))
    filled.replace([make("A:9", "Gout is treated with colchicine.")], encoder=onnx.name)
    filled.truncate(filled.sequence())
    assert texts(searcher.search("gout", k=1, filter=Filter(PUBLIC))) == ["Gout is treated with colchicine."]
    assert len(searcher) == filled.counts()[2]


def test_an_index_saved_for_another_store_is_not_taken(
    filled: PassageStore, searcher: Searcher, onnx: OnnxEncoder, make: Make, tmp_path: Path
) -> None:
    searcher.save()
    second = PassageStore(tmp_path / "second.sqlite")
    second.replace([make(f"B:{i}", "Gout.", "Fever.", "Rash.", "Pain.") for i in range(4)], encoder=onnx.name)
    other = Searcher(second, onnx, FaissIndexes(), tmp_path / "index")
    assert {hit.document.id[0] for hit in other.search("diabetes and gout", k=50, filter=Filter(PUBLIC))} == {"B"}
    assert len(other) == 16
    second.close()


def test_a_damaged_saved_index_is_made_anew_from_the_passages(
    filled: PassageStore, searcher: Searcher, onnx: OnnxEncoder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    searcher.save()
    saved = tmp_path / "index" / "generation-00000001" / "index.faiss"
    saved.write_bytes(saved.read_bytes()[:100])
    other = Searcher(filled, onnx, FaissIndexes(), tmp_path / "index")
    assert other.search("diabetes", filter=Filter(PUBLIC)) == searcher.search("diabetes", filter=Filter(PUBLIC))
    assert "damaged" in caplog.text
    other.save()
    assert FaissIndexes().load(tmp_path / "index")[1].generation == 2


def test_many_search_while_one_writes(filled: PassageStore, searcher: Searcher, onnx: OnnxEncoder, make: Make) -> None:
    stop, wrong = threading.Event(), []

    def search() -> None:
        while not stop.is_set():
            found = texts(searcher.search("migraine headache", k=3, filter=Filter(PUBLIC)))
            if found[0] != TEXTS[2] or any("secret" in text for text in found):
                wrong.append(found)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(15):
        filled.replace(
            [make("B:1", f"Fever {number % 3}."), make("B:2", "secret migraine headache", access=frozenset({"staff"}))],
            encoder=onnx.name,
        )
        filled.delete(["B:1"])
        if number % 5 == 0:
            searcher.save()
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    searcher.refresh()
    assert len(searcher) == filled.counts()[2] == len(TEXTS) + 1


def test_vectors_of_another_encoder_are_not_searched(store: PassageStore, searcher: Searcher, make: Make) -> None:
    store.replace([make("A:1", "gout")], encoder="another/1")
    with pytest.raises(EncoderMismatch, match="another/1"):
        searcher.search("gout", filter=Filter(PUBLIC))
    store.delete(["A:1"])
    assert searcher.search("gout", filter=Filter(PUBLIC)) == []


def test_equals_come_by_id(store: PassageStore, searcher: Searcher, onnx: OnnxEncoder, make: Make) -> None:
    store.replace([make(f"A:{i}", TEXTS[0]) for i in range(30)], encoder=onnx.name)
    first = searcher.search("diabetes", k=5, filter=Filter(PUBLIC))
    assert first == searcher.search("diabetes", k=30, filter=Filter(PUBLIC))[:5]
    lexical = sorted(first, key=lambda hit: hit.parts["lexical_rank"])
    assert [hit.passage.id for hit in lexical] == sorted(hit.passage.id for hit in lexical)


def test_the_default_filter_shows_what_is_public(filled: PassageStore, searcher: Searcher, make: Make) -> None:
    filled.replace([make("S:1", TEXTS[0], access=frozenset({"staff"}))], encoder="bge-small-en-medical/1")
    assert all(hit.document.access & PUBLIC for hit in searcher.search("diabetes", k=50, filter=Filter(PUBLIC)))
    assert "S:1" in {hit.document.id for hit in searcher.search("diabetes", filter=Filter(access=None), k=50)}
