"""What holds for any content: written twice is written once, deleted is never written, what is derived is counted.

Over SQLite only: each example needs an empty store at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identity import Declaration, merge
from graph.model import PUBLIC, Assertion, Contribution, Entity, Mention, Name, PassageNode, Relation, Source
from graph.paths import weight
from graph.schema import PREDICATES
from graph.sqlite.store import SqliteStore

OF_1, OF_2 = frozenset({"patient:1"}), frozenset({"patient:2"})
READERS = (None, PUBLIC, OF_1, PUBLIC | OF_2, OF_1 | OF_2, frozenset[str]())
IDS = [f"X:{n}" for n in range(6)]
BASE = Source("BASE", "curated")
BASE_ENTITIES = [Entity(id, "Concept", f"base {id}") for id in IDS]

access = st.sampled_from([PUBLIC, OF_1, OF_2, PUBLIC | OF_1, OF_1 | OF_2])
words = st.sampled_from(["fever", "fevers", "high fever", "发热", "cough", "β-blocker", "beta blocker", "!"])
entities = st.builds(
    Entity,
    st.sampled_from([*IDS, "X:only"]),
    st.sampled_from(["Disease", "Drug", "Patient"]),
    words,
    st.lists(st.builds(Name, words, st.sampled_from(["en", "zh"])), max_size=3).map(tuple),
    st.lists(st.sampled_from(["A:1", "A:2"]), max_size=2).map(tuple),
    st.sampled_from(["", "A definition."]),
    access,
)


@st.composite
def contributions(draw: st.DrawFn, source: str) -> Contribution:
    """What a document says about the base entities and those that it declares itself."""
    declared = draw(st.lists(entities, max_size=3, unique_by=lambda entity: entity.id))
    known = st.sampled_from(sorted({*IDS, *(entity.id for entity in declared)}))
    passages = [PassageNode(f"{source}#{n}", source, "text", n, n + 1, "x", draw(access)) for n in range(2)]
    mentions = [
        Mention(draw(st.sampled_from(passages)).id, draw(known), n, n + 1, "x") for n in range(draw(st.integers(0, 3)))
    ]
    assertions = [
        Assertion.new(
            draw(known), draw(st.sampled_from(["treats", "associated_with"])), draw(known),
            source=source, sentence="stated", record=str(draw(st.integers(0, 2))),
            polarity=draw(st.sampled_from(["affirmed", "negated"])),
            confidence=draw(st.sampled_from([0.25, 0.5, 1.0])), access=draw(access),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    return Contribution(
        Source(source, "document"), tuple(declared), tuple(passages), tuple(mentions),
        tuple({assertion.id: assertion for assertion in assertions}.values()),
    )  # fmt: skip


three = st.tuples(contributions("PMID:1"), contributions("PMID:2"), contributions("PMID:3"))
MEMORY = Path("/dev/shm")  # noqa: S108  # hundreds of stores: where there is one, a disk that waits for nothing
quick = settings(max_examples=25, deadline=None)


@contextmanager
def opened(*written: Iterable[Contribution]) -> Iterator[SqliteStore]:
    """A store with the base entities in which these batches were written one after the other."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        store = SqliteStore(Path(folder) / "graph.db")
        try:
            store.load(BASE, BASE_ENTITIES)
            for batch in written:
                store.replace(list(batch))
            yield store
        finally:
            store.close()


def reads(store: SqliteStore) -> list[object]:
    """All that can be read, by every reader."""
    found: list[object] = [store.fingerprint(), store.stats(), list(store.names(curated_only=False)), store.sources()]
    for reader in READERS:
        found.append(sorted(store.entities([*IDS, "X:only"], access=reader).items()))
        found.append(sorted(store.named(["fever", "发 热", "beta blocker", ""], access=reader).items()))
        found.append(store.find_entities("high fever", access=reader))
        for id in store.entities([*IDS, "X:only"], access=reader):
            found += [
                store.neighbours(id, access=reader), store.mentions(entity=id, access=reader),
                store.assertions(subject=id, access=reader), store.assertions(object=id, access=reader),
                store.paths(id, IDS[0], access=reader) if store.entities([IDS[0]], access=reader) else None,
            ]  # fmt: skip
    return found


@quick
@given(three)
def test_writing_twice_is_writing_once(written: tuple[Contribution, ...]) -> None:
    with opened(written) as once, opened(written, written[:2], written) as twice:
        assert reads(once) == reads(twice)


@quick
@given(three, st.permutations(range(3)))
def test_no_order_of_sources_shows(written: tuple[Contribution, ...], order: list[int]) -> None:
    # Who leans on another's declaration comes after it, so the entities of all come first.
    bare = [Contribution(c.source, c.entities) for c in written]
    with opened(bare, written) as one, opened(bare[::-1], *([written[n]] for n in order)) as other:
        assert reads(one) == reads(other)


@quick
@given(contributions("PMID:1"), contributions("PMID:2"), contributions("PMID:2"))
def test_deleted_is_never_written(a: Contribution, b: Contribution, c: Contribution) -> None:
    with opened([a]) as without, opened([c], [a], [b]) as store:
        store.delete(["PMID:2"])
        assert reads(store) == reads(without)
        store.delete(["PMID:1", "BASE"])
        assert store.fingerprint() == "0" * 64


@quick
@given(three)
def test_what_rests_comes_back_whole(written: tuple[Contribution, ...]) -> None:
    with opened(written) as store:
        before = reads(store)
        store.delete(["BASE"])
        declared = {entity.id for contribution in written for entity in contribution.entities}
        assert store.entities(IDS, access=None).keys() == declared & set(IDS)
        assert {end for r in store.relations(subjects=IDS, access=None) for end in (r.subject, r.object)} <= declared
        store.load(BASE, BASE_ENTITIES)
        assert reads(store) == before


@quick
@given(three)
def test_relations_are_what_the_assertions_add_up_to(written: tuple[Contribution, ...]) -> None:
    with opened(written) as store:
        for reader in READERS:
            counted = store.relations(subjects=[*IDS, "X:only"], access=reader)
            assert counted == brute_force(written, reader)
            assert all(relation.affirmed + relation.negated for relation in counted)


@quick
@given(three)
def test_entities_are_the_merge_of_their_visible_declarations(written: tuple[Contribution, ...]) -> None:
    declared = [Declaration("BASE", "curated", e) for e in BASE_ENTITIES]
    declared += [Declaration(c.source.id, "document", e) for c in written for e in c.entities]
    with opened(written) as store:
        for reader in READERS:
            seen = sorted(
                (d for d in declared if reader is None or d.entity.access & reader), key=lambda d: d.entity.id
            )
            expected = {id: merge(id, list(own)) for id, own in groupby(seen, key=lambda d: d.entity.id)}
            assert store.entities([*IDS, "X:only"], access=reader) == expected


@quick
@given(three, st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(READERS), st.integers(1, 4))
def test_paths_are_those_of_an_exhaustive_search(
    written: tuple[Contribution, ...], start: str, end: str, reader: frozenset[str] | None, hops: int
) -> None:
    with opened(written) as store:
        ids = [*IDS, "X:only"]
        if start == end or len(store.entities([start, end], access=reader)) < 2:
            return
        every = store.entities(ids, access=None)
        near: dict[str, set[str]] = {id: set() for id in ids}
        for relation in store.relations(subjects=ids, access=reader):
            if relation.affirmed:
                near[relation.subject].add(relation.object)
                near[relation.object].add(relation.subject)

        def walks(trail: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
            if trail[-1] == end:
                yield trail
            elif len(trail) <= hops and (trail[-1] == start or every[trail[-1]].type != "Patient"):
                for id in near[trail[-1]] - set(trail):
                    yield from walks((*trail, id))

        degree = dict.fromkeys(ids, 0)
        for relation in store.relations(subjects=ids, access=reader):
            if relation.affirmed and relation.subject != relation.object:
                degree[relation.subject] += 1
                degree[relation.object] += 1

        def cost(trail: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
            return sum(weight(degree[id]) for id in trail[1:-1]), len(trail), trail

        every_walk = sorted(walks((start,)), key=len)
        lengths = [len(trail) for trail in every_walk]
        longest = max(lengths[0] + 1, lengths[min(4, len(lengths) - 1)]) if lengths else 0
        expected = sorted((trail for trail in every_walk if len(trail) <= longest), key=cost)[:5]
        found = store.paths(start, end, max_hops=hops, access=reader)
        assert [path.nodes for path in found] == expected


def brute_force(written: Iterable[Contribution], reader: frozenset[str] | None) -> list[Relation]:
    """The relations that a reader sees, counted one assertion after the other."""
    groups: dict[tuple[str, str, str], list[Assertion]] = {}
    for contribution in written:
        for a in contribution.assertions:
            if reader is None or a.access & reader:
                ends = (a.subject, a.object)
                one, other = sorted(ends) if PREDICATES[a.predicate].symmetric else ends
                groups.setdefault((one, a.predicate, other), []).append(a)
    relations = [
        Relation(
            *triple,
            sum(a.polarity == "affirmed" for a in said),
            sum(a.polarity == "negated" for a in said),
            len({a.source for a in said}),
            max(a.confidence for a in said),
        )
        for triple, said in groups.items()
    ]
    return sorted(relations, key=lambda r: (-r.sources, -r.confidence, -r.affirmed, r.subject, r.predicate, r.object))


@pytest.mark.parametrize("limit", [1, 7])
def test_pages_do_not_overlap(sqlite: SqliteStore, limit: int) -> None:
    sqlite.load(BASE, BASE_ENTITIES)
    sqlite.load(BASE, assertions=[
        Assertion.new(IDS[0], predicate, id, source="BASE", sentence="stated", confidence=n % 3 / 2)
        for n, (predicate, id) in enumerate((p, id) for p in PREDICATES for id in IDS[1:])
    ])  # fmt: skip
    every = sqlite.neighbours(IDS[0], limit=1000, access=None)
    assert len(every) == len(set(every)) == len(PREDICATES) * 5
    paged = [
        r for at in range(0, len(every), limit) for r in sqlite.neighbours(IDS[0], limit=limit, offset=at, access=None)
    ]
    assert paged == every
