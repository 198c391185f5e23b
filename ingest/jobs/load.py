"""Ontologies and curated graphs into the graph.

Files may come in any order, over any number of calls: mappings merge what is there and what comes, and a statement
about what nobody declares yet waits in the graph until somebody does. Within one call mappings and ontologies go first
only because that is less work. Records are written in batches, one transaction each. Loading again changes nothing;
another release of a source takes the place of the one that was there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.errors import SchemaViolation
from graph.licences import RESTRICTED, restricted
from graph.model import Assertion, Entity, Match, Source
from graph.schema import NAME_LIMIT, check_id, check_names, check_predicate, check_type, fits
from graph.store import GraphStore
from ingest.errors import LicenceNotAccepted, MalformedFile, UnreadableSource
from ingest.jobs import reserved
from ingest.jobs.failures import Failures
from ingest.jobs.merging import Merging
from ingest.jobs.progress import QUIET, Count, surviving
from ingest.jobs.release import Releases
from ingest.model import CuratedRecord, Failure, Mapping, Obsolete, Progress
from ingest.sources.curated import table
from ingest.sources.curated.formats import FORMATS, extractor
from ingest.sources.curated.licences import refused
from ingest.sources.curated.table_map import TableMap
from ingest.sources.curated.table_rows import is_table
from ingest.sources.detect import curated, detect
from ingest.sources.files.company import accompanies
from ingest.sources.files.files import walk

BATCH = 10_000
TABLE = "table"
"""The format of files that a mapping says how to read."""
_ORDER = ("sssom", "kgx-nodes", "obo", "mesh", "lexicon", "babelon", "hpo-terms", "hpoa")
"""What is quickest loaded before the rest."""


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
    mapped: int = 0
    """How many pairs of mapped ids are new in the file that is being read."""
    obsolete: dict[str, str] = field(default_factory=dict)
    """What the ontologies of this loading gave up, and where they say so."""
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
    failures: Path | None = None,
) -> Iterator[Progress]:
    """Load curated files or folders; yield progress after every batch, the last with stage `done` and the `releases`.

    With a `mapping` every file is a table that it says how to read.
    In the tally, `read` counts entities, assertions, mappings and failures; `added` is by how much the graph grew,
    `updated` what was written again or joined what was there. What a source under a restricted licence states carries
    the label for it. The last Progress also says what was merged, what was refused, and how many assertions wait for
    what nobody has declared. `failures` is the file of `Failures`. Raises, before anything is written,
    UnreadableSource for a missing path and LicenceNotAccepted for a licence that `accepted` does not name.
    """
    with Releases() as releases:
        yield from _load(
            _Run(graph, releases, Count(failures=Failures(failures))), paths, format, accepted, mapping, batch
        )


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
    merging = Merging(graph)
    for file, kind in files:
        count.file = str(file)
        before = _size(graph)
        good, run.mapped = 0, 0
        for record in map(_labelled(), surviving(_records(file, kind, mapping), file)):
            match record:
                case Source():
                    good += _flush(run)
                    run.source = record
                    if reserved.is_reserved(record.id):
                        count.read += 1
                        count.fail("", reserved.TAKEN_NAME)
                        break
                    if not _make_way(run, record, kind):
                        break
                    continue
                case Failure():
                    count.failures.add(record)
                    if count.failures.count % QUIET == 0:
                        yield count.progress("read")
                case Entity():
                    run.entities.append(record)
                case Assertion():
                    run.assertions.append(record)
                case Mapping() if reserved.joins(record):
                    count.fail(f"{record.other} {record.canonical}", reserved.OF_PATIENTS)
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
        merging.linked |= run.mapped > 0
        yield count.progress("write")
    yield replace(
        count.progress("done"), releases=tuple(run.releases.compared(graph)), merged=merging.end(run.obsolete)
    )


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
    return f"obsolete without one term in its place ({file.name}, {term.record}){instead}"


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
            if file != path and (accompanies(file) or (format == TABLE and not is_table(file))):
                run.count.left.append(str(file))
                continue
            try:
                files.append((file, format or detect(file)))
            except UnreadableSource as error:
                run.count.read += 1
                run.count.failures.add(Failure(str(file), "", str(error).removeprefix(f"{file}: ")))
    return sorted(files, key=lambda pair: _ORDER.index(pair[1]) if pair[1] in _ORDER else len(_ORDER))


def _make_way(run: _Run, source: Source, kind: str) -> bool:
    """Take out another release of a source: what a new one no longer states must not be cited as if it did.

    So does the same release where an older version of its reader made it. Files of one release share its version and
    stand side by side.
    Of two releases in one loading the newer stands, and this is False, with a Failure, for the other.
    """
    loaded = run.versions.get(source.id)
    if loaded is not None and _age(source.version) < _age(loaded):
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
    return True


def _age(version: str) -> list[str | int]:
    """A version to be compared with others, its numbers as such: 9 comes before 10."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", version)]


def _read_otherwise(graph: GraphStore, source: Source, kind: str) -> bool:
    """Whether what the graph holds of a source was made by another version of the reader of this format."""
    name, _, version = extractor(kind).partition("/")
    makers = (a.extractor.partition("/") for a in graph.assertions(source=source.id, access=None, limit=1))
    return any(name == maker and version != made for maker, _, made in makers)


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
        entities = [_trimmed(run, entity) for entity in run.entities if _fits(run, entity)]
        assertions = [assertion for assertion in run.assertions if _speaks(run, assertion)]
        if entities or assertions:
            run.graph.load(run.source, entities, assertions)
    written = len(run.pairs) + len(entities) + len(assertions)
    run.pairs, run.entities, run.assertions = [], [], []
    return written


def _fits(run: _Run, entity: Entity) -> bool:
    if reserved.declares(entity):
        run.count.fail(entity.id, reserved.OF_PATIENTS)
        return False
    try:
        check_id(entity.id)
        check_type(entity.type)
        check_names(replace(entity, synonyms=()))
    except SchemaViolation as error:
        run.count.fail(entity.id, str(error))
        return False
    return True


def _trimmed(run: _Run, entity: Entity) -> Entity:
    """The entity without the synonyms that no store takes."""
    taken = tuple(synonym for synonym in entity.synonyms if fits(synonym.text))
    if len(taken) == len(entity.synonyms):
        return entity
    run.count.fail(entity.id, f"a synonym of more than {NAME_LIMIT:,} characters is left out")
    return replace(entity, synonyms=taken)


def _speaks(run: _Run, assertion: Assertion) -> bool:
    if reserved.states(assertion):
        run.count.fail(assertion.record, reserved.OF_PATIENTS)
        return False
    try:
        check_predicate(assertion.predicate)
        check_id(assertion.subject)
        check_id(assertion.object)
    except SchemaViolation as error:
        run.count.fail(assertion.record, str(error))
        return False
    if assertion.predicate == "subclass_of" and assertion.subject == assertion.object:
        run.count.fail(assertion.record, f"{assertion.subject} has itself for a parent")
        return False
    return True
