"""Ontologies and curated graphs into the graph.

Mappings are loaded first, so that the ids they merge never stand side by side; then ontologies, then what refers to
them. Records are written in batches, one transaction each. Loading again changes nothing; another release of a source
takes the place of the one that was there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import SchemaViolation
from graph.model import Assertion, Entity, Source
from graph.schema import check_id, check_predicate, check_type
from graph.store import GraphStore
from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs.progress import Count, surviving
from ingest.model import Failure, Mapping, Obsolete, Progress
from ingest.sources.detect import curated, detect
from ingest.sources.files.files import walk

BATCH = 10_000
_ORDER = ("sssom", "obo", "mesh", "lexicon", "babelon", "hpoa")
"""What must be there before the rest."""


@dataclass
class _Run:
    """One loading: what waits to be written, of the source that is being read."""

    graph: GraphStore
    count: Count = field(default_factory=Count)
    source: Source | None = None
    entities: list[Entity] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    pairs: list[Mapping] = field(default_factory=list)
    there: set[str] = field(default_factory=set)
    """Ids seen to be in the graph, so that each is looked up once."""

    obsolete: dict[str, str] = field(default_factory=dict)
    """Why an id that is not in the graph is none: what the ontologies of this loading gave up."""

    def waiting(self) -> int:
        return len(self.entities) + len(self.assertions) + len(self.pairs)


def load(
    paths: Sequence[Path], *, graph: GraphStore, format: str | None = None, batch: int = BATCH
) -> Iterator[Progress]:
    """Load curated files or folders; yield progress after every batch, the last with stage `done`.

    In the tally, `read` counts entities, assertions, mappings and failures; `added` is by how much the graph grew,
    `updated` what was written again or joined what was there. An assertion about an entity that is not in the graph
    is a Failure that names it. Raises UnreadableSource for a missing path before anything is read, and
    IdentityConflict for a mapping that comes after what it would have merged.
    """
    run = _Run(graph)
    count = run.count
    for file, kind in _ordered(run, paths, format):
        count.file = str(file)
        before = _size(graph)
        good = 0
        for record in surviving(curated(file, kind), file):
            match record:
                case Source():
                    good += _flush(run)
                    run.source = record
                    if kind != "sssom":
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
        grown = min(good, max(0, _size(graph) - before))
        count.added += grown
        count.updated += good - grown
        yield count.progress("write")
    yield count.progress("done")


def _given_up(term: Obsolete, file: Path) -> str:
    instead = f"; consider {', '.join(term.consider)}" if term.consider else ""
    return f"which is obsolete without one term in its place ({file.name}, {term.record}){instead}"


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

    Files of one release share its version and stand side by side. Mappings stay: what they merged is merged.
    """
    stored = run.graph.source(source.id)
    if stored is not None and stored.version != source.version:
        run.graph.delete([source.id])
        run.there.clear()


def _size(graph: GraphStore) -> int:
    stats = graph.stats()
    return stats.entities + stats.assertions + len(graph.mappings())


def _flush(run: _Run) -> int:
    """Write what waits; return how many records were written."""
    if not run.waiting():
        return 0
    if run.source is None:
        raise MalformedFile(run.count.file, "", "its reader named no source")
    with run.count.timed("graph"):
        if run.pairs:
            run.graph.add_mappings([(pair.other, pair.canonical) for pair in run.pairs], run.source)
        entities = [entity for entity in run.entities if _fits(run, entity)]
        assertions = _resolved(run, entities)
        if entities or assertions:
            run.graph.load(run.source, entities, assertions)
            run.there.update(entity.id for entity in entities)
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


def _resolved(run: _Run, declared: list[Entity]) -> list[Assertion]:
    """The waiting assertions whose predicate and entities are known; the others become Failures."""
    _look_up(run, declared)
    kept = []
    for assertion in run.assertions:
        try:
            check_predicate(assertion.predicate)
        except SchemaViolation as error:
            run.count.fail(assertion.record, str(error))
            continue
        missing = [id for id in (assertion.subject, assertion.object) if id not in run.there]
        if missing:
            unknown = (
                "which is not in the graph: load the ontology that defines it first, or with this file, which tells "
                "whether it is obsolete"
            )
            reason = f"names {missing[0]}, {run.obsolete.get(missing[0], unknown)}"
            run.count.fail(assertion.record, reason)
        else:
            kept.append(assertion)
    return kept


def _look_up(run: _Run, declared: list[Entity]) -> None:
    """Find out which of the entities that the waiting assertions name are in the graph, or about to be."""
    if not run.assertions:
        return
    run.there.update(entity.id for entity in declared)
    unseen = {id for a in run.assertions for id in (a.subject, a.object)} - run.there
    if unseen:
        mapped = run.graph.mappings()
        stored = run.graph.entities({mapped.get(id, id) for id in unseen}, access=None)
        run.there.update(id for id in unseen if mapped.get(id, id) in stored)
