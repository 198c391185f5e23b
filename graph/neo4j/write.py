"""Writing into Neo4j: functions over one managed transaction, which the driver may run again from the start.

The order is always the same: sources are locked, what they said before is read, all entities concerned are locked in
the order of their ids, and only then does anything change. So two writers never derive an entity or an edge from half
of what the other is writing, and they seldom meet in a circle (where they do, the driver tries again).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph import identity
from graph.checks import check_own, checked_pairs, latest, refuse_clashes
from graph.errors import UnknownEntity
from graph.model import Assertion, Contribution, Entity, Mention, PassageNode, Source
from graph.neo4j import write_cypher
from graph.neo4j.edges import Edges
from graph.neo4j.rows import (
    Properties,
    Triple,
    assertion_of,
    declaration_properties,
    mention_properties,
    passage_properties,
    source_properties,
    triple,
)
from graph.neo4j.shapes import Declarations, Shapes, without_kind
from graph.neo4j.table import AssertionTable
from graph.schema import check_id, check_type

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


def replace(tx: ManagedTransaction, contributions: Sequence[Contribution], mapped: Mapping[str, str]) -> None:
    """See GraphStore.replace. A source that comes twice counts as it comes last."""
    written = latest(contributions)
    write = _Write(tx, mapped)
    write.put_sources([contribution.source for contribution in written])
    write.forget([contribution.source.id for contribution in written])
    for contribution in written:
        write.declares(contribution.source, contribution.entities)
        write.states(contribution.passages, contribution.mentions, contribution.assertions)
    write.finish()


def load(
    tx: ManagedTransaction,
    source: Source,
    entities: Collection[Entity],
    assertions: Collection[Assertion],
    mapped: Mapping[str, str],
) -> None:
    """See GraphStore.load."""
    check_own(source.id, assertions)
    write = _Write(tx, mapped)
    write.put_sources([source])
    write.declares(source, entities)
    write.states((), (), assertions)
    write.leave_what_is_known()
    write.finish()


def delete(tx: ManagedTransaction, sources: Collection[str], mapped: Mapping[str, str]) -> int:
    """See GraphStore.delete."""
    going = [row[0] for row in tx.run(write_cypher.LOCK_SOURCES, ids=sorted(set(sources)))]
    if going:
        write = _Write(tx, mapped)
        write.forget(going)
        write.finish()
        tx.run(write_cypher.DELETE_SOURCES, ids=going).consume()
    return len(going)


def delete_part(tx: ManagedTransaction, source: str, most: int, mapped: Mapping[str, str]) -> bool:
    """Delete `most` assertions of a source that has more than these; return whether it had."""
    tx.run(write_cypher.LOCK_SOURCES, ids=[source]).consume()
    rows = tx.run(write_cypher.SAID_PART, source=source, limit=most + 1).values()
    if len(rows) <= most:
        return False
    write = _Write(tx, mapped)
    for id, element, *said in rows[:most]:
        write.take_out(id, element, (said[0], said[1], said[2], said[3]))
    write.finish()
    return True


def add_mappings(tx: ManagedTransaction, pairs: Collection[tuple[str, str]], source: Source) -> int:
    """See GraphStore.add_mappings."""
    wanted = checked_pairs(pairs)
    write = _Write(tx, {})
    write.put_sources([source])
    write.finish()
    tx.run(write_cypher.LOCK_GRAPH).consume()
    rows = [list(pair) for pair in wanted]
    former = {(other, canonical) for other, canonical in tx.run(write_cypher.KNOWN_MAPPINGS, rows=rows)}
    before = identity.resolve((other, canonical) for _, other, canonical in tx.run(write_cypher.MAPPINGS))
    tx.run(write_cypher.PUT_MAPPINGS, rows=rows, source=source.id).consume()
    new = [pair for pair in wanted if pair not in former]
    if new:
        after = identity.resolve((other, canonical) for _, other, canonical in tx.run(write_cypher.MAPPINGS))
        changed = sorted(id for id, canonical in after.items() if before.get(id) != canonical)
        refuse_clashes([row[0] for row in tx.run(write_cypher.CLASHES, ids=changed)])
        tx.run(write_cypher.SET_MAPPINGS_VERSION).consume()
    return len(new)


class _Write:
    """What one transaction is about to write: collected first, then written in `finish`."""

    def __init__(self, tx: ManagedTransaction, mapped: Mapping[str, str]) -> None:
        self._tx = tx
        self._mapped = mapped
        self._edges = Edges(tx)
        self._shapes = Shapes(tx, self._edges)
        self._gone: list[str] = []
        self._kind_before: dict[str, str] = {}
        self._concerned: set[str] = set()
        self._taken_back: dict[str, Declarations] = defaultdict(dict)
        self._declared: dict[str, Declarations] = defaultdict(dict)
        self._passages: dict[str, PassageNode] = {}
        self._mentions: dict[tuple[str, int, int, str], Mention] = {}
        self._assertions: dict[str, Assertion] = {}
        self._outdated: dict[str, str] = {}
        # All entities that are named, in the order in which they are: the first unknown one is reported.
        self._named: dict[str, None] = {}

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Write the sources' own nodes, which locks them."""
        rows = sorted((source_properties(source) for source in sources), key=lambda row: str(row["id"]))
        kinds = {row["id"]: row["kind"] for row in rows}
        for id, kind in self._run(write_cypher.PUT_SOURCES, rows=rows):
            if kind not in (None, kinds[id]):
                # Its declarations now count otherwise: derive what they declare again.
                self._kind_before[id] = kind
                self._concerned.update(row[0] for row in self._run(write_cypher.SAID_DECLARATIONS, ids=[id]))

    def forget(self, sources: Iterable[str]) -> None:
        """Everything that these sources said is to go; what else rests on it is derived again."""
        self._gone = sorted(sources)
        for hash, subject, predicate, object in self._run(write_cypher.SAID_ASSERTIONS, ids=self._gone):
            self._edges.touch((hash, subject, predicate, object))
            self._concerned.update((subject, object))
        self._concerned.update(row[0] for row in self._run(write_cypher.SAID_MENTIONS, ids=self._gone))
        for id, source, kind, properties in self._run(write_cypher.SAID_DECLARATIONS, ids=self._gone):
            was = self._kind_before.get(source, kind)
            self._taken_back[id][source, properties["declared"]] = {**properties, "kind": was}
        self._concerned.update(self._taken_back)

    def declares(self, source: Source, entities: Iterable[Entity]) -> None:
        for entity in entities:
            check_type(entity.type)
            id = self._mapped.get(check_id(entity.id), entity.id)
            self._declared[id][source.id, entity.id] = {**declaration_properties(entity), "kind": source.kind}

    def states(
        self, passages: Iterable[PassageNode], mentions: Iterable[Mention], assertions: Iterable[Assertion]
    ) -> None:
        self._passages.update((passage.id, passage) for passage in passages)
        for mention in mentions:
            entity = self._mapped.get(mention.entity, mention.entity)
            self._mentions[mention.passage, mention.start, mention.end, entity] = mention
            self._named[entity] = None
        for assertion in assertions:
            kept = identity.canonical(assertion, self._mapped)
            self._assertions[kept.id] = kept
            self._named.update({kept.subject: None, kept.object: None})

    def leave_what_is_known(self) -> None:
        """Drop assertions that are kept just so already; those kept otherwise are taken out and written anew."""
        if not self._assertions:
            return
        for element, properties in self._run(write_cypher.KNOWN_ASSERTIONS, ids=list(self._assertions)):
            known = assertion_of(properties)
            if self._assertions[known.id] == known:
                del self._assertions[known.id]
            else:
                self.take_out(known.id, element, triple(known.subject, known.predicate, known.object))

    def take_out(self, id: str, element: str, said: Triple) -> None:
        """This assertion is to go."""
        self._outdated[id] = element
        self._edges.touch(said)
        self._concerned.update((said[1], said[3]))

    def finish(self) -> None:
        ids = self._concerned | self._declared.keys() | self._named.keys()
        lives: dict[str, bool] = dict(self._run(write_cypher.LOCK_ENTITIES, ids=sorted(ids)))
        known = {id for id in lives if lives[id]} | self._declared.keys()
        if self._declared or self._concerned:
            known -= self._settle_entities({id for id in lives if not lives[id]})
        for id in self._named:
            if id not in known:
                raise UnknownEntity(id)
        new: dict[Triple, list[Assertion]] = defaultdict(list)
        for assertion in self._assertions.values():
            new[triple(assertion.subject, assertion.predicate, assertion.object)].append(assertion)
        going = {"gone": self._gone, "outdated": list(self._outdated)}
        self._edges.derive(new, **going)
        forgotten = self._shapes.forgotten
        doubtful = sorted(self._concerned - self._declared.keys())
        if doubtful:
            forgotten += [row[0] for row in self._run(write_cypher.FORGOTTEN_ENTITIES, ids=doubtful, **going)]
        # From here on nodes are deleted, which makes every look-up in an index slower.
        if self._gone:
            for statement in write_cypher.DELETE_SAID:
                self._run(statement, ids=self._gone)
            if self._run(write_cypher.DELETE_MAPPINGS, ids=self._gone)[0][0]:
                self._run(write_cypher.SET_MAPPINGS_VERSION)
        if self._outdated:
            self._run(write_cypher.DELETE_NODES, nodes=list(self._outdated.values()))
        self._put_passages()
        self._put_assertions({a.id: said for said, assertions in new.items() for a in assertions})
        if forgotten:
            self._run(write_cypher.DELETE_NODES, nodes=forgotten)
        self._shapes.finish()

    def _run(self, statement: str, **parameters: object) -> list[list[Any]]:
        return [list(row) for row in self._tx.run(statement, parameters)]

    # entities

    def _settle_entities(self, resting: Collection[str]) -> set[str]:
        """Write declarations, and derive what they make of their entities; return those that rest from now on."""
        new = sorted(self._declared)
        if new:
            self._run(write_cypher.MAKE_ENTITIES, ids=new)
        before: dict[str, Declarations] = defaultdict(dict)
        kinds: dict[str, str] = {}
        concerned = self._concerned | set(new)
        steady = self._steady(concerned - set(resting))
        for id, source, kind, properties in self._run(write_cypher.DECLARATIONS, ids=sorted(concerned - steady)):
            was = self._kind_before.get(source, kind)
            before[id][source, properties["declared"]] = {**properties, "kind": was}
            kinds[source] = kind
        gone = set(self._gone)
        after: dict[str, Declarations] = {}
        for id in concerned - steady:
            kept = {key: {**said, "kind": kinds[key[0]]} for key, said in before[id].items() if key[0] not in gone}
            after[id] = {**kept, **self._declared.get(id, {})}
        self._write_declarations(before, after)
        self._write_declarations(self._taken_back, {id: self._declared.get(id, {}) for id in steady})
        return self._shapes.derive(before, after, resting)

    def _steady(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that stay what they are, whatever is declared and taken back here, without reading all that
        declares them: what documents say of them a document with a smaller id, which stays, says as well."""
        if self._kind_before:
            return set()
        gone = set(self._gone)
        least: dict[tuple[str, str], str] = {}
        rows: dict[tuple[str, str], Properties] = {}
        doubtful = set()
        for id in ids:
            was, now = self._taken_back.get(id, {}), self._declared.get(id, {})
            for key in was.keys() | now.keys():
                for said in (was.get(key), now.get(key)):
                    if said is None or was.get(key) == now.get(key):
                        continue
                    if said["kind"] != "document" or key[0] not in gone:
                        doubtful.add(id)
                        continue
                    same = id, repr(sorted(said.items()))
                    least[same] = min(key[0], least.get(same, key[0]))
                    rows[same] = without_kind(said)
        asked = sorted(same for same in rows if same[0] not in doubtful)
        if asked:
            found = self._run(write_cypher.TWINS, rows=[[s[0], least[s], rows[s]] for s in asked], gone=self._gone)
            twins = {place for (place,) in found}
            doubtful.update(same[0] for place, same in enumerate(asked) if place not in twins)
        return set(ids) - doubtful

    def _write_declarations(self, before: Mapping[str, Declarations], after: Mapping[str, Declarations]) -> None:
        dropped, written = [], []
        for id, declarations in after.items():
            was = {key: without_kind(said) for key, said in before[id].items()}
            now = {key: without_kind(said) for key, said in declarations.items()}
            dropped += [[id, *key] for key in was if now.get(key) != was[key]]
            written += [[id, key[0], now[key]] for key in now if was.get(key) != now[key]]
        if dropped:
            self._run(write_cypher.UNDECLARE, rows=sorted(dropped))
        if written:
            self._run(write_cypher.DECLARE, rows=sorted(written, key=lambda row: (row[0], row[1])))

    # what is stated

    def _put_passages(self) -> None:
        if self._passages:
            self._run(
                write_cypher.PUT_PASSAGES, rows=[passage_properties(passage) for passage in self._passages.values()]
            )
        if self._mentions:
            rows = [[key[0], key[3], mention_properties(mention)] for key, mention in self._mentions.items()]
            self._run(write_cypher.PUT_MENTIONS, rows=sorted(rows, key=lambda row: (row[1], row[0])))

    def _put_assertions(self, triples: Mapping[str, Triple]) -> None:
        in_passages = [a for a in self._assertions.values() if a.passage in self._passages]
        others = [a for a in self._assertions.values() if a.passage not in self._passages]
        for group, in_passage in ((others, False), (in_passages, True)):
            if group:
                rows = AssertionTable(group, triples, in_passage=in_passage)
                self._tx.run(write_cypher.put_assertions(in_passage=in_passage), rows.parameters()).consume()
