"""What mappings cost that come last: moving ids that are there, taking it back, and reading before and after.

    python benchmarks/identity.py [--ids N]

Synthetic: two vocabularies of N ids each, whose statements and names are alike, and N mappings of the one
to the other.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from time import perf_counter

from report import figure, median_ms, peak_memory

from graph.model import Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore

BATCH = 10_000
SEED = 7
A, B, LINKS = (Source(id, "curated") for id in ("A", "B", "LINKS"))


def vocabulary(source: Source, ids: int) -> tuple[list[Entity], list[Assertion]]:
    draw = random.Random(SEED)
    entities = [
        Entity(f"{source.id}:{n}", "Disease", f"disease {n}", (Name(f"{source.id} name {n}"),)) for n in range(ids)
    ]
    assertions = [
        Assertion.new(
            f"{source.id}:{int(draw.random() * draw.random() * ids)}", draw.choice(("resembles", "causes")),
            f"{source.id}:{int(draw.random() * draw.random() * ids)}", source=source.id, sentence="s", record=str(n),
        )
        for n in range(ids * 10)
    ]  # fmt: skip
    return entities, assertions


def reads(store: SqliteStore, ids: Sequence[str], when: str) -> None:
    public = frozenset({"public"})
    each: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("neighbours", lambda id: store.neighbours(id, access=public)),
        ("assertions", lambda id: store.assertions(subject=id, access=public)),
        ("assertions_of_object", lambda id: store.assertions(object=id, access=public)),
        ("entity", lambda id: store.entities([id], access=public)),
    )
    for name, read in each:
        around = cycle(ids)
        figure(f"identity_{name}", median_ms(partial(_next, read, around)), "ms", when=when)


def _next(read: Callable[[str], object], ids: Iterator[str]) -> None:
    read(next(ids))


def remap(folder: Path, ids: int) -> None:
    store = SqliteStore(folder / "remap.db")
    for source in (A, B):
        entities, assertions = vocabulary(source, ids)
        for at in range(0, len(entities), BATCH):
            store.load(source, entities[at : at + BATCH])
        for at in range(0, len(assertions), BATCH):
            store.load(source, assertions=assertions[at : at + BATCH])
    sample = [f"B:{n}" for n in random.Random(SEED).sample(range(ids), min(ids, 500))]
    before = store.fingerprint()
    reads(store, sample, "before")
    begun = perf_counter()
    store.add_mappings([(f"B:{n}", f"A:{n}") for n in range(ids)], LINKS)
    figure("identity_remap", perf_counter() - begun, "s", ids=ids, assertions=ids * 20)
    reads(store, sample, "mapped")
    begun = perf_counter()
    store.delete(["LINKS"])
    figure("identity_take_back", perf_counter() - begun, "s", ids=ids, same=store.fingerprint() == before)
    figure("identity_memory", peak_memory(), "MiB")
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ids", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        remap(Path(folder), options.ids)


if __name__ == "__main__":
    main()
