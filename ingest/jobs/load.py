"""Ontologies and curated graphs into the graph.

Files may come in any order, over any number of calls: mappings merge what is there and what comes, and a statement
about what nobody declares yet waits in the graph until somebody does. Within one call mappings and ontologies go first
only because that is less work. Records are written in batches, one transaction each. Loading again changes nothing;
another release of a source takes the place of the one that was there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from pathlib import Path

from graph.errors import SchemaViolation
from graph.model import Assertion, Entity, KeptMatch, Match, Source
from graph.schema import check_id, check_predicate, check_type
from graph.store import GraphStore
from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs.progress import Count, surviving
from ingest.model import Failure, Mapping, Merged, Obsolete, Progress
from ingest.sources.detect import curated, detect
from ingest.sources.files.files import walk

BATCH = 10_000
_ORDER = ("sssom", "obo", "mesh", "lexicon", "babelon", "hpoa")
"""What is quickest loaded before the rest."""
NAMED = 10
"""How many ids that statements wait for, and how many of the largest concepts, are named in the end."""


@dataclass
class _Run:
    """One loading: what waits to be written, of the source that is being read."""

    graph: GraphStore
    count: Count = field(default_factory=Count)
    source: Source | None = None
    entities: list[Entity] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    pairs: list[Mapping] = field(default_factory=list)
    mapped: int = 0
    """How many pairs of mapped ids are new in the file that is being read."""
    obsolete: dict[str, str] = field(default_factory=dict)
    """What the ontologies of this loading gave up, and where they say so."""

    def waiting(self) -> int:
        return len(self.entities) + len(self.assertions) + len(self.pairs)


def load(
    paths: Sequence[Path], *, graph: GraphStore, format: str | None = None, batch: int = BATCH
) -> Iterator[Progress]:
    """Load curated files or folders; yield progress after every batch, the last with stage `done`.

    In the tally, `read` counts entities, assertions, mappings and failures; `added` is by how much the graph grew,
    `updated` what was written again or joined what was there. The last Progress says what was merged, what was refused,
    and how many assertions wait for what nobody has declared. Raises UnreadableSource for a missing path before
    anything is read.
    """
    run = _Run(graph)
    count = run.count
    entities, refused = graph.stats().entities, set(graph.refused())
    linked = False
    for file, kind in _ordered(run, paths, format):
        count.file = str(file)
        before = _size(graph)
        good, run.mapped = 0, 0
        for record in surviving(curated(file, kind), file):
            match record:
                case Source():
                    good += _flush(run)
                    run.source = record
                    _make_way(run, record)
                    continue
                case Failure():
                    count.failed.append(record)
                case Entity():
                    run.entities.append(record)
                case Assertion():
                    run.assertions.append(record)
                case Mapping():
                    run.pairs.append(record)
                case Obsolete():
                    run.obsolete[record.id] = _given_up(record, file)
                    continue
            count.read += 1
            if run.waiting() >= batch:
                good += _flush(run)
                yield count.progress("write")
        good += _flush(run)
        run.source = None
        # What was there may have become one with what came: mappings are counted apart.
        grown = min(good, run.mapped + max(0, _size(graph) - before))
        count.added += grown
        count.updated += good - grown
        linked = linked or run.mapped > 0
        yield count.progress("write")
    yield replace(count.progress("done"), merged=_merged(run, entities, refused, linked))


def _merged(run: _Run, before: int, refused: set[KeptMatch], linked: bool) -> Merged:
    """`refused` were so before; `linked`: mappings have been loaded."""
    waiting, ids = run.graph.waiting(limit=NAMED)
    now = run.graph.refused()
    sizes = Counter(run.graph.mappings().values()) if linked else Counter[str]()
    return Merged(
        before=before,
        after=run.graph.stats().entities,
        largest=tuple((id, 1 + others) for id, others in nsmallest(NAMED, sizes.items(), key=lambda i: (-i[1], i[0]))),
        refused=tuple(now) if linked or set(now) != refused else (),
        waiting=waiting,
        waited_for=tuple((id, run.obsolete.get(id, "")) for id in ids),
    )


def _given_up(term: Obsolete, file: Path) -> str:
    instead = f"; consider {', '.join(term.consider)}" if term.consider else ""
    return f"obsolete without one term in its place ({file.name}, {term.record}){instead}"


def _ordered(run: _Run, paths: Sequence[Path], format: str | None) -> list[tuple[Path, str]]:
    """The files with their formats in the order of loading; one of no known format becomes a Failure."""
    files: list[tuple[Path, str]] = []
    for path in paths:
        # Hetionet is one source in many files.
        if path.is_dir() and (format == "hetionet" or (path / "edges").is_dir()):
            files.append((path, "hetionet"))
            continue
        for file in walk([path]):
            try:
                files.append((file, format or detect(file)))
            except UnreadableSource as error:
                run.count.read += 1
                run.count.failed.append(Failure(str(file), "", str(error)))
    return sorted(files, key=lambda pair: _ORDER.index(pair[1]) if pair[1] in _ORDER else len(_ORDER))


def _make_way(run: _Run, source: Source) -> None:
    """Take out another release of a source: what a new one no longer states must not be cited as if it did.

    Files of one release share its version and stand side by side.
    """
    stored = run.graph.source(source.id)
    if stored is not None and stored.version != source.version:
        run.graph.delete([source.id])


def _size(graph: GraphStore) -> int:
    stats = graph.stats()
    return stats.entities + stats.assertions + graph.waiting(limit=0)[0]


def _flush(run: _Run) -> int:
    """Write what waits; return how many records were written."""
    if not run.waiting():
        return 0
    if run.source is None:
        raise MalformedFile(run.count.file, "", "its reader named no source")
    with run.count.timed("graph"):
        if run.pairs:
            run.mapped += run.graph.add_mappings(
                [Match(pair.other, pair.canonical, pair.confidence, pair.justification) for pair in run.pairs],
                run.source,
            )
        entities = [entity for entity in run.entities if _fits(run, entity)]
        assertions = [assertion for assertion in run.assertions if _speaks(run, assertion)]
        if entities or assertions:
            run.graph.load(run.source, entities, assertions)
    written = len(run.pairs) + len(entities) + len(assertions)
    run.pairs, run.entities, run.assertions = [], [], []
    return written


def _fits(run: _Run, entity: Entity) -> bool:
    try:
        check_id(entity.id)
        check_type(entity.type)
    except SchemaViolation as error:
        run.count.fail(entity.id, str(error))
        return False
    return True


def _speaks(run: _Run, assertion: Assertion) -> bool:
    try:
        check_predicate(assertion.predicate)
        check_id(assertion.subject)
        check_id(assertion.object)
    except SchemaViolation as error:
        run.count.fail(assertion.record, str(error))
        return False
    return True
