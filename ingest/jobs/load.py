"""Ontologies and curated graphs into the graph.

Mappings are loaded first, so that the ids they merge never stand side by side; then ontologies, then what refers to
them. Records are written in batches, one transaction each. Loading again changes nothing; another release of a source
takes the place of the one that was there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import SchemaViolation
from graph.model import Assertion, Entity, Source
from graph.schema import check_id, check_predicate, check_type
from graph.store import GraphStore
from ingest.errors import MalformedFile, UnreadableSource
from ingest.model import CuratedRecord, Failure, Mapping, Progress, Tally
from ingest.sources.detect import curated, detect
from ingest.sources.files.files import walk

BATCH = 10_000
_ORDER = ("sssom", "obo", "mesh", "lexicon", "babelon", "hpoa")
"""What must be there before the rest."""


@dataclass
class _Run:
    graph: GraphStore
    file: str = ""
    read: int = 0
    added: int = 0
    updated: int = 0
    failed: list[Failure] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)
    source: Source | None = None
    entities: list[Entity] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    pairs: list[Mapping] = field(default_factory=list)
    there: set[str] = field(default_factory=set)
    """Ids seen to be in the graph, so that each is looked up once."""

    def waiting(self) -> int:
        return len(self.entities) + len(self.assertions) + len(self.pairs)

    def progress(self, stage: str) -> Progress:
        tally = Tally(self.read, self.added, self.updated, 0, 0, tuple(self.failed))
        return Progress(stage, self.file, tally, {"load": time.perf_counter() - self.began})


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
    for file, kind in _ordered(run, paths, format):
        run.file = str(file)
        before = _size(graph)
        good = 0
        for record in _records(file, kind):
            if isinstance(record, Source):
                good += _flush(run)
                run.source = record
                if kind != "sssom":
                    _make_way(run, record)
                continue
            run.read += 1
            if isinstance(record, Failure):
                run.failed.append(record)
            elif isinstance(record, Entity):
                run.entities.append(record)
            elif isinstance(record, Assertion):
                run.assertions.append(record)
            else:
                run.pairs.append(record)
            if run.waiting() >= batch:
                good += _flush(run)
                yield run.progress("write")
        good += _flush(run)
        run.source = None
        grown = min(good, max(0, _size(graph) - before))
        run.added += grown
        run.updated += good - grown
        yield run.progress("write")
    yield run.progress("done")


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
                run.read += 1
                run.failed.append(Failure(str(file), "", str(error)))
    return sorted(files, key=lambda pair: _ORDER.index(pair[1]) if pair[1] in _ORDER else len(_ORDER))


def _make_way(run: _Run, source: Source) -> None:
    """Take out another release of a source: what a new one no longer states must not be cited as if it did.

    Files of one release share its version and stand side by side. Mappings stay: what they merged is merged.
    """
    known = run.graph.source(source.id)
    if known is not None and known.version != source.version:
        run.graph.delete([source.id])
        run.there.clear()


def _size(graph: GraphStore) -> int:
    stats = graph.stats()
    return stats.entities + stats.assertions + len(graph.mappings())


def _records(file: Path, format: str) -> Iterator[CuratedRecord]:
    try:
        yield from curated(file, format)
    except MalformedFile as error:
        yield Failure(error.file, error.record, error.reason)
    except UnreadableSource as error:
        yield Failure(str(file), "", str(error))


def _flush(run: _Run) -> int:
    """Write what waits; return how many records were written."""
    if not run.waiting():
        return 0
    if run.source is None:
        raise MalformedFile(run.file, "", "its reader named no source")
    if run.pairs:
        run.graph.add_mappings([(pair.other, pair.canonical) for pair in run.pairs], run.source)
    entities = [entity for entity in run.entities if _fits(run, entity)]
    assertions = _known(run, entities)
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
        run.failed.append(Failure(run.file, entity.id, str(error)))
        return False
    return True


def _known(run: _Run, declared: list[Entity]) -> list[Assertion]:
    """The waiting assertions whose predicate and entities are known; the others become Failures."""
    if not run.assertions:
        return []
    run.there.update(entity.id for entity in declared)
    unseen = {id for a in run.assertions for id in (a.subject, a.object)} - run.there
    if unseen:
        mapped = run.graph.mappings()
        found = run.graph.entities({mapped.get(id, id) for id in unseen}, access=None)
        run.there.update(id for id in unseen if mapped.get(id, id) in found)
    kept = []
    for assertion in run.assertions:
        try:
            check_predicate(assertion.predicate)
        except SchemaViolation as error:
            run.failed.append(Failure(run.file, assertion.record, str(error)))
            continue
        missing = [id for id in (assertion.subject, assertion.object) if id not in run.there]
        if missing:
            reason = f"names {missing[0]}, which is not in the graph: load the ontology that defines it first"
            run.failed.append(Failure(run.file, assertion.record, reason))
        else:
            kept.append(assertion)
    return kept
