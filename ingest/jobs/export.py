"""What the graph knows, written in the forms of others: what is read back states the same.

Curated sources are exported, what a reader may see of them; of documents, `pubtator` writes text and mentions. Entities
are concepts, so assertions name canonical ids, and the tables hold together without the mappings; these are as stated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.identity import outdone, strength
from graph.model import Assertion, Entity, KeptMatch, Source
from graph.view import GraphView
from ingest.exchange import carried_licence
from ingest.model import Document, Mention, Section
from ingest.reading.relations.model import Finding
from ingest.sinks import kgx, obographs, sssom
from ingest.sinks.ids import Ids
from ingest.sinks.model import Tagged
from ingest.sinks.pubtator import PubTator
from ingest.sinks.whole import whole

FORMATS = ("kgx", "kgx-jsonl", "sssom", "obographs", "pubtator")
_PAGE = 50_000
_ENTITIES = 2_000


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, and how much is in them."""

    files: tuple[Path, ...]
    entities: int = 0
    assertions: int = 0
    mappings: int = 0
    documents: int = 0


def export(format: str, out: Path, graph: GraphView, texts: Callable[[str], str]) -> Exported:
    """Write all of it: of `kgx` two tables, `OUT_nodes.tsv` and `OUT_edges.tsv`, of `kgx-jsonl` the same as
    `.jsonl`; of the others the file `out`.

    `texts` gives the text of a document by its id. Raises OutputFull, OutputUnavailable.
    """
    match format:
        case "kgx" | "kgx-jsonl":
            return _kgx(out, graph, "tsv" if format == "kgx" else "jsonl")
        case "sssom":
            return _sssom(out, graph)
        case "obographs":
            return _obographs(out, graph)
        case _:
            return _pubtator(out, graph, texts)


def _kgx(out: Path, graph: GraphView, suffix: str) -> Exported:
    files = out.with_name(f"{out.name}_nodes.{suffix}"), out.with_name(f"{out.name}_edges.{suffix}")
    table = suffix == "tsv"
    node, edge = (kgx.node, kgx.edge) if table else (kgx.node_json, kgx.edge_json)
    entities = assertions = 0
    with whole(files[0]) as file:
        file.write("\t".join(kgx.NODE_COLUMNS) + "\n" if table else "")
        for entity in _entities(graph):
            entities += 1  # the graph may hold none
            file.write(node(entity))
    with whole(files[1]) as file:
        file.write("\t".join(kgx.EDGE_COLUMNS) + "\n" if table else "")
        for source, assertion in _assertions(graph):
            assertions += 1
            file.write(edge(assertion, source))
    return Exported(files, entities, assertions)


def _obographs(out: Path, graph: GraphView) -> Exported:
    entities = assertions = 0
    with whole(out) as file:
        file.write(obographs.OPENING)
        for entities, entity in enumerate(_entities(graph), 1):
            file.write((",\n" if entities > 1 else "") + obographs.node(entity))
        file.write(obographs.BETWEEN)
        for assertions, (source, assertion) in enumerate(_assertions(graph), 1):
            file.write((",\n" if assertions > 1 else "") + obographs.edge(assertion, source))
        file.write(obographs.CLOSING)
    return Exported((out,), entities, assertions)


def _sssom(out: Path, graph: GraphView) -> Exported:
    """As stated, of each id its strongest match that the reader may see: it is what the id follows, if nothing else."""
    followed: dict[str, KeptMatch] = {}
    for match in graph.matches():
        former = followed.get(match.other)
        if (not match.refused or outdone(match)) and (former is None or strength(former) < strength(match)):
            followed[match.other] = match
    labels: dict[str, str] = {}
    for batch in _batched((match.canonical for match in followed.values()), _ENTITIES):
        labels |= {id: entity.name for id, entity in graph.entities(batch).items()}
    with whole(out) as file:
        file.writelines(sssom.table(followed.values(), labels))
    return Exported((out,), mappings=len(followed))


def _pubtator(out: Path, graph: GraphView, texts: Callable[[str], str]) -> Exported:
    sink = PubTator(Ids("mesh", graph.store.mappings))
    count = 0
    with whole(out) as file:
        for source in graph.store.sources(kind="document"):
            if graph.access is not None and not source.access & graph.access:
                continue
            file.write(sink.document(_tagged(source, graph, texts(source.id)), first=not count))
            count += 1
    return Exported((out,), documents=count)


def _tagged(source: Source, graph: GraphView, text: str) -> Tagged:
    found = graph.mentions(source=source.id, limit=1_000_000)
    types = {id: entity.type for id, entity in graph.entities({mention.entity for mention in found}).items()}
    mentions = (
        Mention(m.start, m.end, m.surface, types.get(m.entity, "Concept"), m.entity, m.score)
        for m in sorted(found, key=lambda m: (m.start, m.end, m.entity))
    )
    stated = graph.assertions(source=source.id, limit=1_000_000)
    findings = (
        Finding(a.subject, a.object, a.predicate, "", a.polarity, a.certainty, a.confidence, a.start, a.end)
        for a in stated
    )
    document = Document(source.id, source.title, (Section("text", text),))
    return Tagged(source.id.removeprefix("PMID:"), document, tuple(mentions), tuple(findings))


def _entities(graph: GraphView) -> Iterator[Entity]:
    """The entities that curated sources name, each once, those that only restricted ones name at the end.

    Their ids are held in memory.
    """
    ids = dict.fromkeys(id for _, _, id, _ in graph.store.names())
    last: list[Entity] = []
    for batch in _batched(sorted(ids), _ENTITIES):
        for _, entity in sorted(graph.entities(batch).items()):
            if carried_licence(entity):
                last.append(entity)
            else:
                yield entity
    yield from last


def _assertions(graph: GraphView) -> Iterator[tuple[Source, Assertion]]:
    for source in graph.store.sources(kind="curated"):
        offset = 0
        while page := graph.assertions(source=source.id, limit=_PAGE, offset=offset):
            for assertion in page:
                yield source, assertion
            offset += len(page)


def _batched(ids: Iterable[str], size: int) -> Iterator[Collection[str]]:
    rest = iter(ids)
    while batch := tuple(islice(rest, size)):
        yield batch
