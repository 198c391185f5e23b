"""What a reader may not see changes neither what words find, nor in which order, nor what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import numpy as np
import pytest

from retrieval.model import PUBLIC, DocumentInfo, Filter, Passage, passage_id
from retrieval.passage_shelves import SHELVES
from retrieval.passages import PassageStore

WORDS = [
    "gout",
    "fever",
    "aspirin",
    "aspirins",
    "metformin",
    "renal",
    "failure",
    "nausea",
    "cough",
    "heart",
    "patient",
    "patients",
    "痛风",
    "糖尿病",
    "years",
    "yearly",
]
READERS = (PUBLIC, PUBLIC | {"ward:7"}, frozenset({"ward:7", "patient:a"}), frozenset({"patient:a"}), frozenset[str]())
LABELS = ("public", "ward:7", "ward:8", "patient:a", "patient:b")


Item = tuple[DocumentInfo, list[Passage], np.ndarray]


def item(random: Random, number: int, labels: frozenset[str]) -> Item:
    id = f"D:{number}"
    text = " ".join(random.choices(WORDS, k=random.randint(1, 9)))
    info = DocumentInfo(
        id, title=random.choice(["", "Gout", "A fever and a cough"]), year=random.randint(1990, 1994), access=labels,
        keywords=(random.choice(WORDS),),
    )  # fmt: skip
    half = len(text) // 2
    spans = [(0, half), (half, len(text))] if half and random.random() < 0.3 else [(0, len(text))]
    passages = [Passage(passage_id(id, a, b, text[a:b]), id, n, "", a, b, text[a:b]) for n, (a, b) in enumerate(spans)]
    return info, passages, np.ones((len(passages), 2), np.float32)


@contextmanager
def stored(path: Path, *batches: list[Item], encoder: str = "e") -> Iterator[PassageStore]:
    store = PassageStore(path)
    for batch in batches:
        store.replace(batch, encoder=encoder)
    yield store
    store.close()


def told(store: PassageStore, access: frozenset[str] | None) -> list[object]:
    filters = [
        Filter(access), Filter(access, year_from=1992), Filter(access, labels=frozenset({"ward:7"})),
        Filter(access, documents=frozenset({"D:1", "D:2", "D:3"})),
    ]  # fmt: skip
    asked = ("gout", "fever gout aspirin", "patient with 糖尿病", "years of heart failure", "unheard", "7xgout")
    found: list[object] = [
        store.lexical(question, filter, k) for question in asked for filter in filters for k in (2, 9)
    ]
    return [*found, store.rarity(["gout", "patients", "unheard"], access=access)]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_hidden_changes_nothing(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    items = [
        item(random, number, frozenset(random.sample(LABELS, random.choice((1, 1, 2))))) for number in range(24)
    ]  # fmt: skip
    again = [item(random, number, items[number][0].access) for number in range(0, 24, 5)]
    with stored(tmp_path / "all", items[:12], items[12:], again) as everything:
        everything.delete(["D:7", "D:8"])
        for place, access in enumerate(READERS):
            seen = [[one for one in batch if one[0].access & access] for batch in (items, again)]
            with stored(tmp_path / f"{place}", *seen) as alone:
                alone.delete(["D:7", "D:8"])
                assert told(everything, access) == told(alone, access) == told(alone, None)


def test_a_reader_of_few_of_many_sets_finds_what_is_his(tmp_path: Path) -> None:
    random = Random(1)
    many = [item(random, number, frozenset({f"patient:{number}"})) for number in range(2 * SHELVES + 3)]
    own = frozenset({"patient:1", f"patient:{SHELVES + 1}", "patient:2"})
    with stored(tmp_path / "all", many) as everything:
        with stored(tmp_path / "own", [one for one in many if one[0].access & own]) as alone:
            assert told(everything, own) == told(alone, own)
        assert told(everything, None) == told(everything, frozenset(f"patient:{n}" for n in range(len(many))))


def test_a_reader_has_chinese_where_he_may_see_some(tmp_path: Path) -> None:
    items = [item(Random(2), 0, PUBLIC)]
    info, text = DocumentInfo("D:1", access=frozenset({"ward:7"})), "痛风患者"
    items.append(
        (info, [Passage(passage_id("D:1", 0, 4, text), "D:1", 0, "", 0, 4, text)], np.ones((1, 2), np.float32))
    )
    with stored(tmp_path / "two", items, encoder="one + another") as store:
        assert [store.has_chinese(access=who) for who in (PUBLIC, PUBLIC | {"ward:7"}, None)] == [False, True, True]
    with stored(tmp_path / "one", items) as store:
        assert not store.has_chinese(access=None)
