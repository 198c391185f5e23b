"""What one transaction is about to write into Neo4j: collected first, then written in an order that locks well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graph import identity
from graph.errors import UnknownEntity
from graph.model import Assertion, Entity, Mention, PassageNode, Source
from graph.neo4j import write_cypher
from graph.neo4j.edges import Edges
from graph.neo4j.identities import Change, Moves, follow
from graph.neo4j.rows import (
    Properties,
    Triple,
    declaration_properties,
    mention_properties,
    passage_properties,
    source_properties,
    stated_of,
    triple,
)
from graph.neo4j.shapes import Declarations, Shapes, without_kind
from graph.neo4j.table import AssertionTable
from graph.schema import check_id, check_names, check_type
from graph.versions import NAMES

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


class Pending:
    """What one transaction is about to write: collected first, then written in `finish`."""

    def __init__(self, tx: ManagedTransaction, mapped: Mapping[str, str]) -> None:
        self._tx = tx
        self._mapped = mapped
        self._edges = Edges(tx)
        self._shapes = Shapes(tx, self._edges)
        self._gone: list[str] = []
        self._kind_before: dict[str, str] = {}
        self._doubtful: set[str] = set()
        # Pairs (source, declared id) of what was a document's.
        self._curated: list[tuple[str, str]] = []
        self._concerned: set[str] = set()
        self._taken_back: dict[str, Declarations] = defaultdict(dict)
        self._declared: dict[str, Declarations] = defaultdict(dict)
        self._passages: dict[str, PassageNode] = {}
        # By place and the id that is named there as stated.
        self._mentions: dict[tuple[str, int, int, str], Mention] = {}
        # As stated, in the order of `identity.stated_ends`.
        self._assertions: dict[str, Assertion] = {}
        self._outdated: dict[str, str] = {}
        self._moves = Moves()
        self._leaving: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._standing: set[str] = set()
        # All entities that are named, in the order in which they are: the first unknown one is reported.
        self._named: dict[str, None] = {}
        self._required: tuple[str, ...] = ()

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Write the sources' own nodes, which locks them."""
        rows = sorted((source_properties(source) for source in sources), key=lambda row: str(row["id"]))
        kinds = {row["id"]: row["kind"] for row in rows}
        for id, kind in self._run(write_cypher.PUT_SOURCES, rows=rows):
            if kind not in (None, kinds[id]):
                # Its declarations now count otherwise: derive what they declare again.
                self._kind_before[id] = kind
                for entity, *_, said in self._run(write_cypher.SAID_DECLARATIONS, ids=[id]):
                    self._concerned.add(entity)
                    self._doubtful.add(said["declared"])
                    if kinds[id] == "curated":
                        self._curated.append((id, said["declared"]))

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
            if "curated" in (was, kind):
                self._doubtful.add(properties["declared"])
        self._concerned.update(self._taken_back)

    def follow(
        self,
        declaring: Iterable[tuple[Source, Iterable[Entity]]] = (),
        *,
        matched: Iterable[str] = (),
        removed: tuple[str, Collection[tuple[str, str]]] = ("", ()),
    ) -> None:
        """Find out what ids stand for once these sources declare these entities and mappings have come or gone.

        What stands where ids no longer lead is moved. Comes after `forget` and before anything is declared or stated.
        """
        said = self._run(write_cypher.SAID_MAPPINGS, ids=self._gone) if self._gone else []
        change = Change(
            gone=self._gone,
            declared=[
                *self._curated,
                *((s.id, entity.id) for s, entities in declaring if s.kind == "curated" for entity in entities),
            ],
            doubtful=self._doubtful,
            matched={*matched, *(id for pair in (*said, *removed[1]) for id in pair)},
            removed=removed,
        )
        moves = follow(self._tx, self._mapped, change)
        if moves is None or not moves.was:
            return
        self._moves = moves
        self._mapped = moves.mapped(self._mapped)
        self._concerned.update(moves.was.values(), moves.now.values())
        rows = [[former, ids] for former, ids in sorted(moves.by_former().items())]
        for element, properties, in_passage in self._run(write_cypher.MOVING_ASSERTIONS, rows=rows, gone=self._gone):
            self.take_out(
                properties["id"], element, triple(*(properties[end] for end in ("subject", "predicate", "object")))
            )
            self._state(stated_of(properties))
            if in_passage:
                self._standing.add(properties["passage"])
        moving = self._run(write_cypher.MOVING_DECLARATIONS, ids=sorted(moves.was), gone=self._gone)
        for id, source, kind, properties in moving:
            key = source, properties["declared"]
            self._leaving[id].add(key)
            self._declared[moves.now[key[1]]][key] = {**properties, "kind": kind}

    def declares(self, source: Source, entities: Iterable[Entity]) -> None:
        for entity in entities:
            check_type(check_names(entity).type)
            id = self._mapped.get(check_id(entity.id), entity.id)
            self._declared[id][source.id, entity.id] = {**declaration_properties(entity), "kind": source.kind}

    def states(
        self, passages: Iterable[PassageNode], mentions: Iterable[Mention], assertions: Iterable[Assertion]
    ) -> None:
        self._passages.update((passage.id, passage) for passage in passages)
        for mention in mentions:
            self._mentions[mention.passage, mention.start, mention.end, mention.entity] = mention
            self._named[self._end(mention.entity)] = None
        for assertion in assertions:
            self._state(assertion)

    def _state(self, assertion: Assertion) -> None:
        self._assertions[assertion.id] = identity.as_stated(assertion, self._mapped)
        self._named.update({self._end(assertion.subject): None, self._end(assertion.object): None})

    def require(self) -> None:
        """Raise UnknownEntity in `finish` unless all that is named so far is declared then."""
        self._required = tuple(
            self._end(id)
            for id in (
                *(mention.entity for mention in self._mentions.values()),
                *(id for a in self._assertions.values() if a.id not in self._outdated for id in (a.subject, a.object)),
            )
        )

    def leave_what_is_known(self) -> None:
        """Drop assertions that are kept just so already; those kept otherwise are taken out and written anew."""
        asked = [id for id in self._assertions if id not in self._outdated]
        if not asked:
            return
        for element, properties in self._run(write_cypher.KNOWN_ASSERTIONS, ids=asked):
            known = stated_of(properties)
            if self._assertions[known.id] == known:
                del self._assertions[known.id]
            else:
                self.take_out(known.id, element, triple(properties["subject"], known.predicate, properties["object"]))

    def _end(self, id: str) -> str:
        return self._mapped.get(id, id)

    def _triple(self, assertion: Assertion) -> Triple:
        """What the assertion is of."""
        return triple(self._end(assertion.subject), assertion.predicate, self._end(assertion.object))

    def take_out(self, id: str, element: str, said: Triple) -> None:
        """This assertion is to go."""
        self._outdated[id] = element
        self._edges.touch(said)
        self._concerned.update((said[1], said[3]))

    def finish(self, *, whole: bool = False) -> None:
        """Write. `whole`: without asking by which predicates something is stated otherwise."""
        ids = self._concerned | self._declared.keys() | self._named.keys()
        lives: dict[str, bool] = dict(self._run(write_cypher.LOCK_ENTITIES, ids=sorted(ids)))
        # What nobody declares is given a place where something names it, or is about to be moved there.
        absent = {*self._named, *self._moves.now.values()} - lives.keys() - self._declared.keys() - {*self._required}
        if absent:
            lives |= dict(self._run(write_cypher.MAKE_RESTING, ids=sorted(absent)))
        known = {id for id in lives if lives[id]} | self._declared.keys()
        if self._declared or self._concerned:
            known -= self._settle_entities({id for id in lives if not lives[id]})
        for id in self._required:
            if id not in known:
                raise UnknownEntity(id)
        triples = {assertion.id: self._triple(assertion) for assertion in self._assertions.values()}
        going = {"gone": self._gone, "outdated": list(self._outdated)}
        self._edges.derive(self._related(triples, known), **going)
        self._move_mentions()
        touched = None if whole or self._moves.was else self._touched(triples.values())
        forgotten = self._shapes.forgotten
        staying = {end for said in triples.values() for end in (said[1], said[3])}
        staying.update(self._end(mention.entity) for mention in self._mentions.values())
        doubtful = sorted(self._concerned - self._declared.keys() - staying)
        if doubtful:
            forgotten += [row[0] for row in self._run(write_cypher.FORGOTTEN_ENTITIES, ids=doubtful, **going)]
        # From here on nodes are deleted, which makes every look-up in an index slower.
        self._delete()
        self._put_passages()
        self._put_assertions(triples, known)
        if forgotten:
            self._run(write_cypher.DELETE_NODES, nodes=forgotten)
        self._shapes.finish(touched)

    def _delete(self) -> None:
        if self._gone:
            for statement in (*write_cypher.DELETE_SAID, write_cypher.DELETE_MAPPINGS):
                self._run(statement, ids=self._gone)
        if self._outdated:
            self._run(write_cypher.DELETE_NODES, nodes=list(self._outdated.values()))

    def _touched(self, new: Collection[Triple]) -> set[str]:
        """The predicates by which something is stated otherwise from now on, or of what is declared otherwise."""
        changed = self._shapes.changed
        rows = [*self._run(write_cypher.PREDICATES_OF, ids=changed), [NAMES]] if changed else []
        return self._edges.predicates() | {said[2] for said in new} | {name for (name,) in rows}

    def _related(self, triples: Mapping[str, Triple], known: set[str]) -> dict[Triple, list[Assertion]]:
        """The assertions that count for edges: neither end rests, nor did two ids become one concept."""
        related: dict[Triple, list[Assertion]] = defaultdict(list)
        for assertion in self._assertions.values():
            _, subject, _, object = said = triples[assertion.id]
            if {subject, object} <= known and (subject != object or assertion.subject == assertion.object):
                related[said].append(assertion)
        return related

    def _move_mentions(self) -> None:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id, former in self._moves.was.items():
            groups[former, self._moves.now[id]].append(id)
        if groups:
            rows = [[*ends, ids] for ends, ids in sorted(groups.items())]
            self._run(write_cypher.MOVE_MENTIONS, rows=rows, gone=self._gone)

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
            kept = {
                key: {**said, "kind": kinds[key[0]]}
                for key, said in before[id].items()
                if key[0] not in gone and key not in self._leaving.get(id, ())
            }
            after[id] = {**kept, **self._declared.get(id, {})}
        self._write_declarations(before, after)
        self._write_declarations(self._taken_back, {id: self._declared.get(id, {}) for id in steady})
        return self._shapes.derive(before, after, resting)

    def _steady(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that stay what they are, whatever is declared and taken back here, without reading all that
        declares them: what documents say of them a document with a smaller id, which stays, says as well."""
        if self._kind_before or self._leaving:
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
            rows = [
                [key[0], self._end(key[3]), {**mention_properties(mention), "stated": self._stated(key[3])}]
                for key, mention in self._mentions.items()
            ]
            self._run(write_cypher.PUT_MENTIONS, rows=sorted(rows, key=lambda row: (row[1], row[0])))

    def _stated(self, id: str) -> str | None:
        """What is kept of the id that was stated, beside what it stands for."""
        return id if id in self._mapped else None

    def _put_assertions(self, triples: Mapping[str, Triple], known: set[str]) -> None:
        groups: dict[tuple[bool, bool], list[Assertion]] = defaultdict(list)
        for assertion in self._assertions.values():
            _, subject, _, object = triples[assertion.id]
            in_passage = assertion.passage in self._passages or assertion.passage in self._standing
            groups[in_passage, not {subject, object} <= known].append(assertion)
        for (in_passage, resting), group in sorted(groups.items()):
            rows = AssertionTable(group, triples, in_passage=in_passage)
            statement = write_cypher.put_assertions(in_passage=in_passage, resting=resting)
            self._tx.run(statement, rows.parameters()).consume()
