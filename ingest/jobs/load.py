"""Ontologies and curated graphs into the graph.

Mappings are loaded first, so that the ids they merge never stand side by side; then ontologies, then what refers to
them. Records are written in batches, one transaction each. Loading again changes nothing; another release of a source
takes the place of the one that was there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.errors import SchemaViolation
from graph.licences import RESTRICTED, restricted
from graph.model import Assertion, Entity, Source
from graph.schema import check_id, check_predicate, check_type
from graph.store import GraphStore
from ingest.errors import LicenceNotAccepted, MalformedFile, UnreadableSource
from ingest.jobs.progress import Count, surviving
from ingest.jobs.release import Releases
from ingest.model import CuratedRecord, Failure, Mapping, Obsolete, Progress
from ingest.sources.curated import table
from ingest.sources.curated.formats import FORMATS, extractor
from ingest.sources.curated.licences import refused
from ingest.sources.curated.table_map import TableMap
from ingest.sources.detect import curated, detect
from ingest.sources.files.company import accompanies
from ingest.sources.files.files import walk

BATCH = 10_000
TABLE = "table"
"""The format of files that a mapping says how to read."""
_KNOWN = 1_000_000
"""How many ids are kept in mind as being in the graph."""
_ORDER = ("sssom", "kgx-nodes", "obo", "mesh", "lexicon", "babelon", "hpo-terms", "hpoa")
"""What must be there before the rest."""


@dataclass
class _Run:
    """One loading: what waits to be written, of the source that is being read."""

    graph: GraphStore
    releases: Releases
    count: Count = field(default_factory=Count)
    source: Source | None = None
    entities: list[Entity] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    pairs: list[Mapping] = field(default_factory=list)
    there: set[str] = field(default_factory=set)
    """Ids seen to be in the graph, so that each is looked up once."""

    obsolete: dict[str, str] = field(default_factory=dict)
    """Why an id that is not in the graph is none: what the ontologies of this loading gave up."""

    versions: dict[str, str] = field(default_factory=dict)
    """Of each source of this loading, the release that stands."""

    def waiting(self) -> int:
        return len(self.entities) + len(self.assertions) + len(self.pairs)


def load(
    paths: Sequence[Path],
    *,
    graph: GraphStore,
    format: str | None = None,
    accepted: Collection[str] = (),
    mapping: TableMap | None = None,
    batch: int = BATCH,
) -> Iterator[Progress]:
    """Load curated files or folders; yield progress after every batch, the last with stage `done` and the `releases`.

    With a `mapping` every file is a table that it says how to read.
    In the tally, `read` counts entities, assertions, mappings and failures; `added` is by how much the graph grew,
    `updated` what was written again or joined what was there. An assertion about an entity that is not in the graph
    is a Failure that names it. What a source under a restricted licence states carries the label for it.
    Raises, before anything is written, UnreadableSource for a missing path and LicenceNotAccepted for a licence that
    `accepted` does not name; and IdentityConflict for a mapping that comes after what it would have merged.
    """
    with Releases() as releases:
        yield from _load(_Run(graph, releases), paths, format, accepted, mapping, batch)


def _load(
    run: _Run,
    paths: Sequence[Path],
    format: str | None,
    accepted: Collection[str],
    mapping: TableMap | None,
    batch: int,
) -> Iterator[Progress]:
    graph, count = run.graph, run.count
    files = _ordered(run, paths, format if mapping is None else TABLE)
    for file, kind in files:
        if (licence := FORMATS[kind].licence if kind in FORMATS else "") and licence not in accepted:
            raise LicenceNotAccepted(refused(licence, str(file)))
    for file, kind in files:
        count.file = str(file)
        before = _size(graph)
        good = 0
        for record in map(_labelled(), surviving(_records(file, kind, mapping), file)):
            match record:
                case Source():
                    good += _flush(run)
                    run.source = record
                    if kind != "sssom" and not _make_way(run, record, kind):
                        break
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
    yield replace(count.progress("done"), releases=tuple(run.releases.compared(graph)))


def _records(file: Path, kind: str, mapping: TableMap | None) -> Iterator[CuratedRecord]:
    return curated(file, kind) if mapping is None else table.read(file, mapping)


def _labelled() -> Callable[[CuratedRecord], CuratedRecord]:
    """Puts the label of restricted licences on a Source that has one, and on the records that come after it."""
    holds = False

    def labelled(record: CuratedRecord) -> CuratedRecord:
        nonlocal holds
        if isinstance(record, Source):
            holds = restricted(record.licence)
        if holds and isinstance(record, Source | Entity | Assertion):
            return replace(record, access=RESTRICTED)
        return record

    return labelled


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
        networks = [edges.parent for edges in sorted(path.rglob("edges")) if edges.is_dir()] if path.is_dir() else []
        files += [(network, "hetionet") for network in networks]
        for file in walk([path]):
            if any(network in file.parents for network in networks):
                continue
            if file != path and accompanies(file):
                run.count.left.append(str(file))
                continue
            try:
                files.append((file, format or detect(file)))
            except UnreadableSource as error:
                run.count.read += 1
                run.count.failed.append(Failure(str(file), "", str(error)))
    return sorted(files, key=lambda pair: _ORDER.index(pair[1]) if pair[1] in _ORDER else len(_ORDER))


def _make_way(run: _Run, source: Source, kind: str) -> bool:
    """Take out another release of a source: what a new one no longer states must not be cited as if it did.

    So does the same release where an older version of its reader made it. Files of one release share its version and
    stand side by side. Mappings stay: what they merged is merged.
    Of two releases in one loading the newer stands, and this is False, with a Failure, for the other.
    """
    loaded = run.versions.get(source.id)
    if loaded is not None and source.version < loaded:
        run.count.read += 1
        run.count.fail("", f"{source.id} {source.version} is left out: its release {loaded} is loaded with it")
        return False
    run.versions[source.id] = source.version
    stored = run.graph.source(source.id)
    if stored is not None and (
        stored.version != source.version or (loaded is None and _read_otherwise(run.graph, source, kind))
    ):
        run.releases.put_aside(run.graph, stored, source)
        run.graph.delete([source.id])
        run.there.clear()
    return True


def _read_otherwise(graph: GraphStore, source: Source, kind: str) -> bool:
    """Whether what the graph holds of a source was made by another version of the reader of this format."""
    name, _, version = extractor(kind).partition("/")
    makers = (a.extractor.partition("/") for a in graph.assertions(source=source.id, access=None, limit=1))
    return any(name == maker and version != made for maker, _, made in makers)


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
            run.releases.written(run.source, assertions)
            if len(run.there) > _KNOWN:
                run.there.clear()
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
