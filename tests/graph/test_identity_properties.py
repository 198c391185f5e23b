"""What holds for mappings of any content: no order shows, and what is taken back was never there.

Over SQLite only: each example needs an empty store at once.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Assertion, Contribution, Entity, Match, Mention, PassageNode, Source
from graph.sqlite import identities
from graph.sqlite.store import SqliteStore

IDS = [f"{prefix}:{n}" for prefix in "AB" for n in range(4)]
ids = st.sampled_from(IDS)
MEMORY = Path("/dev/shm")  # noqa: S108  # hundreds of stores: where there is one, a disk that waits for nothing
quick = settings(max_examples=30, deadline=None)


@dataclass(frozen=True)
class Said:
    """All that one source says."""

    source: Source
    entities: tuple[Entity, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    mentions: tuple[Mention, ...] = ()
    matches: tuple[Match, ...] = ()

    def write(self, store: SqliteStore, part: random.Random) -> None:
        """Write it, whatever was there, in parts of any size."""
        if self.source.kind == "document":
            passage = PassageNode(f"{self.source.id}#0", self.source.id, "text", 0, 9, "x" * 9)
            store.replace([Contribution(self.source, self.entities, (passage,), self.mentions, self.assertions)])
            return
        cut, split = part.randint(0, len(self.matches)), part.randint(0, len(self.assertions))
        steps: list[Callable[[], object]] = [
            lambda: store.add_mappings(self.matches[:cut], self.source),
            lambda: store.add_mappings(self.matches[cut:], self.source),
            lambda: store.load(self.source, self.entities),
            lambda: store.load(self.source, assertions=self.assertions[:split]),
            lambda: store.load(self.source, assertions=self.assertions[split:]),
        ]
        part.shuffle(steps)
        for step in steps:
            step()


@st.composite
def told(draw: st.DrawFn, id: str, *, document: bool = False) -> Said:
    declared = [
        Entity(name, draw(st.sampled_from(["Disease", "Drug"])), draw(st.sampled_from(["fever", "cough", name])))
        for name in draw(st.lists(ids, max_size=4, unique=True))
    ]
    # A document declares what it names, so that it may come at any time.
    named = st.sampled_from([entity.id for entity in declared]) if document and declared else ids
    most = 0 if document and not declared else 5
    assertions = [
        Assertion.new(
            draw(named), draw(st.sampled_from(["treats", "associated_with"])), draw(named), source=id, sentence="s",
            polarity=draw(st.sampled_from(["affirmed", "negated"])), confidence=draw(st.sampled_from([0.5, 1.0])),
            access=frozenset({draw(st.sampled_from(["public", "patient:1"]))}),
        )
        for _ in range(draw(st.integers(0, most)))
    ]  # fmt: skip
    mentions = [
        Mention(f"{id}#0", draw(named), n // 2, n // 2 + 1, "x") for n in range(draw(st.integers(0, most)))
    ] * document
    matches = [
        Match(draw(ids), draw(ids), draw(st.sampled_from([0.5, 1.0]))) for _ in range(draw(st.integers(0, 4)))
    ] * (not document)
    return Said(
        Source(id, "document" if document else "curated"), tuple(declared),
        tuple({assertion.id: assertion for assertion in assertions}.values()), tuple(mentions), tuple(matches),
    )  # fmt: skip


five = st.tuples(told("ONE"), told("TWO"), told("LINKS"), told("PMID:1", document=True), told("PMID:2", document=True))


@pytest.fixture(autouse=True, scope="module")
def few_at_once() -> Iterator[None]:
    """Ids are moved a few at once, as many are in a large graph."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identities, "PART", 2)
        yield


@contextmanager
def opened() -> Iterator[SqliteStore]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        store = SqliteStore(Path(folder) / "graph.db")
        try:
            yield store
        finally:
            store.close()


def reads(store: SqliteStore) -> list[object]:
    """All that can be read, by two readers."""
    every: list[object] = [
        store.fingerprint(), store.stats(), dict(store.mappings()), store.refused(), store.waiting(),
        list(store.names(curated_only=False)), store.names_version(), store.sources(),
    ]  # fmt: skip
    for reader in (None, frozenset({"public"})):
        every += [store.named(["fever", "cough"], access=reader), store.find_entities("fever", access=reader)]
        for source in ("ONE", "PMID:1"):
            every += [store.mentions(source=source, access=reader), store.assertions(source=source, access=reader)]
        for id in IDS:
            every += [
                store.entities([id], access=reader), store.merged(id), store.mentions(entity=id, access=reader),
                store.assertions(subject=id, access=reader), store.assertions(object=id, access=reader),
                store.assertions(subject=id, object=IDS[0], access=reader),
                store.relations(subjects=[id], access=reader), store.relations(objects=[id], access=reader),
            ]  # fmt: skip
            if len(store.entities([id, IDS[0]], access=reader)) == 2:
                every.append(store.paths(id, IDS[0], access=reader))
    return every


@quick
@given(five, st.permutations(range(5)), st.integers())
def test_no_order_of_sources_and_mappings_shows(written: tuple[Said, ...], order: list[int], seed: int) -> None:
    chance = random.Random(seed)
    with opened() as one, opened() as other:
        for said in written:
            said.write(one, chance)
        for n in order:
            written[n].write(other, chance)
        assert reads(other) == reads(one)


@quick
@given(
    five, told("ONE"), told("LINKS"), st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=8), st.integers()
)
def test_what_was_loaded_replaced_and_unloaded_on_the_way_does_not_show(
    written: tuple[Said, ...], one: Said, links: Said, way: list[tuple[int, bool]], seed: int
) -> None:
    chance = random.Random(seed)
    every = [*written, one, links]
    with opened() as straight, opened() as winding:
        for said in written:
            said.write(straight, chance)
        for n, unload in way:
            if unload:
                winding.delete([every[n].source.id])
            else:
                every[n].write(winding, chance)
        for n in chance.sample(range(5), 5):
            winding.delete([written[n].source.id])
            written[n].write(winding, chance)
        assert reads(winding) == reads(straight)
        winding.delete([said.source.id for said in chance.sample(written, 2)] * 2)
        for said in written:
            winding.delete([said.source.id])
        assert winding.fingerprint() == "0" * 64
        assert left_over(winding) == 0


def left_over(store: SqliteStore) -> int:
    """How many rows are left of ids, relations and names."""
    with store._reading() as connection:
        return sum(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  # constants
            for table in ("entity", "relation", "name", "canonical_id", "mapping")
        )
