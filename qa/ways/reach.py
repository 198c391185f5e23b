"""Going a way: what it leads to, each member once, ordered by evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.model import Assertion, Entity, Relation
from graph.view import GraphView
from qa.drugs.page.indications import USES, basis
from qa.drugs.page.model import BASES, Basis
from qa.drugs.page.reading import nameless as of_id_alone
from qa.evidence.frequency import frequency, tells
from qa.evidence.records import Records
from qa.evidence.strength import weakness
from qa.ways.opening import opened as others
from qa.ways.twins import same_name
from qa.ways.way import Member, Reached, Way, fits
from text.names import normalise

READ = 300
"""So many relations at most are read with their statements; of more the best are, and all are counted."""
LOOSE = frozenset({("hetionet", "gene_associated_with")})
"""Curated sources that list what was found to go together, which is less than what is known to be a cause: they count
as what machines read."""
_VOCABULARIES = {
    "HP": "Phenotype", "MONDO": "Disease", "OMIM": "Disease", "ORPHA": "Disease", "DOID": "Disease",
    "NCBIGene": "Gene", "DRUGBANK": "Drug", "UBERON": "Anatomy",
}  # fmt: skip
"""Of what vocabularies are that have one type of things."""
_TIERS = {"labelled": 0, "listed": 0, "mined": 1, "literature": 2, "denied": 3}
_COUNTED = ("n_curators", "n_resources")


def reach(
    view: GraphView,
    way: Way,
    ids: Collection[str],
    *,
    opened: bool = True,
    among: Collection[str] | None = None,
    records: Records | None = None,
) -> Reached:
    """Where `way` leads from these ids and, with `opened`, from what else stands for them. `among` takes no members but
    these. Raises what the graph raises.

    Members under one name are one; what only documents say against a list is denied. Statements of animals, of other
    people than the patient and of retracted documents count for nothing.
    """
    going = _Going.of(view, way, ids, opened=opened, records=records)
    relations = going.relations(among)
    kept = relations[:READ]
    found = going.members(kept)
    members = tuple(one for one in found if one.basis != "denied")
    every = {going.end(row.subject, row.object) for row in relations if row.affirmed}
    return Reached(
        way=way,
        given=going.own,
        opened=going.more,
        members=members,
        denied=tuple(one for one in found if one.basis == "denied"),
        total=len(every) if len(kept) < len(relations) else len(members),
    )


def ends(view: GraphView, way: Way, ids: Collection[str], *, opened: bool = True) -> frozenset[str]:
    """The bare ids that `way` is stated to lead to, however many they are, without their names being read."""
    going = _Going.of(view, way, ids, opened=opened)
    return frozenset(going.end(row.subject, row.object) for row in going.relations(None) if row.affirmed)


@dataclass(frozen=True, slots=True)
class _Going:
    """One way from given ids, and what else stands for them (`more`)."""

    view: GraphView
    records: Records
    way: Way
    own: frozenset[str]
    more: frozenset[str]
    given: frozenset[str]

    @classmethod
    def of(
        cls, view: GraphView, way: Way, ids: Collection[str], *, opened: bool, records: Records | None = None
    ) -> _Going:
        own = frozenset(ids)
        more = others(view, own, way.opens) if opened and own else frozenset[str]()
        return cls(view, records or Records(view), way, own, more, own | more)

    def relations(self, among: Collection[str] | None) -> list[Relation]:
        """Most sources first, as the graph orders them."""
        if not self.own or (among is not None and not among):
            return []
        rows: list[Relation] = []
        if self.way.end in ("object", "either"):
            rows += self.view.relations(subjects=self.given, objects=among, predicates=self.way.predicates)
        if self.way.end in ("subject", "either"):
            rows += self.view.relations(subjects=among, objects=self.given, predicates=self.way.predicates)
        every = list({_edge(row): row for row in rows}.values())
        return every if len(every) <= READ else [row for row in every if self._may_be(row)]

    def _may_be(self, row: Relation) -> bool:
        """Whether the id of the member is not one of a vocabulary of other things: so many names are not read."""
        types = _VOCABULARIES.get(self.end(row.subject, row.object).partition(":")[0], "")
        return not types or not self.way.members or types in self.way.members

    def end(self, subject: str, object: str) -> str:
        """The end at which the member stands."""
        if self.way.end == "either":
            return object if subject in self.given else subject
        return subject if self.way.end == "subject" else object

    def members(self, relations: Iterable[Relation]) -> list[Member]:
        rows = self._statements({_edge(row) for row in relations})
        entities = self.records.entities({self.end(row.subject, row.object) for row in rows})
        groups: dict[str, list[Assertion]] = {}
        for row in rows:
            entity = entities.get(self.end(row.subject, row.object))
            if entity is not None and fits(entity, self.way.members):
                groups.setdefault(same_name(entity), []).append(row)
        found = [self._member(several, entities) for several in groups.values()]
        # What has no name but its id tells a reader nothing, and is often a twin of what has one.
        named = [one for one in found if not nameless(one.entity)]
        return sorted(named or found, key=self._place)

    def _statements(self, edges: set[tuple[str, str, str]]) -> list[Assertion]:
        if not edges:
            return []
        rows = self.view.statements(
            subjects={subject for subject, _, _ in edges},
            predicates=self.way.predicates,
            objects={object for _, _, object in edges},
        )
        return [row for row in rows if _edge(row) in edges and _counts(row, self.records)]

    def _member(self, rows: Collection[Assertion], entities: Mapping[str, Entity]) -> Member:
        ids = frozenset(self.end(row.subject, row.object) for row in rows)
        # What is stated of a kind neither carries nor disputes what is stated of the thing itself.
        direct = [row for row in rows if row.subject in self.own or row.object in self.own]
        ordered = sorted(direct or rows, key=lambda row: weakness(row, self.records.source(row.source)))
        so = [row for row in ordered if not _denies(row)]
        against = tuple(row for row in ordered if _denies(row))
        return Member(
            entity=max((entities[id] for id in ids), key=lambda one: (len(one.synonyms), one.id)),
            ids=ids,
            rows=tuple(sorted(so, key=self._grounds)),
            against=against,
            direct=bool(direct),
            basis=self._basis(so, against),
        )

    def _grounds(self, row: Assertion) -> tuple[int, bool]:
        """Labels before lists; what says how often before what does not."""
        return BASES.index(basis(row, self.records.source(row.source))), not tells(row)

    def _basis(self, so: Collection[Assertion], against: Collection[Assertion]) -> Basis:
        bases = {basis(row, self.records.source(row.source)) for row in so}
        listed = any((source := self.records.source(row.source)) and source.kind == "curated" for row in against)
        if not so or (listed and bases <= {"mined", "literature"}):
            return "denied"
        if {"listed", "mined"} <= bases:
            return "labelled" if any(row.predicate in USES for row in so) else "listed"
        if bases == {"listed"} and all((row.source, row.predicate) in LOOSE for row in so):
            return "mined"
        return min(bases, key=BASES.index)

    def _place(self, member: Member) -> tuple[object, ...]:
        predicates = self.way.predicates
        return (
            _TIERS[member.basis],
            bool(member.against),
            not member.direct,
            BASES.index(member.basis),
            min((predicates.index(row.predicate) for row in member.rows), default=len(predicates)),
            -round(max((frequency(row) for row in member.rows if tells(row)), default=0.0), 2),
            -member.sources,
            -max(map(_agreed, member.rows), default=0),
            -round(max((row.confidence for row in member.rows), default=0.0), 3),
            normalise(member.entity.name),
            member.entity.id,
        )


def nameless(entity: Entity) -> bool:
    """Whether it goes by an id, or by no letter or figure at all."""
    return of_id_alone(entity) or entity.name == entity.id or not normalise(entity.name)


def _edge(row: Relation | Assertion) -> tuple[str, str, str]:
    return row.subject, row.predicate, row.object


def _counts(row: Assertion, records: Records) -> bool:
    return row.experiencer == "patient" and "species" not in dict(row.qualifiers) and records.stands(row)


def _denies(row: Assertion) -> bool:
    """Whether it says that it is not so, or that it is never seen."""
    return row.polarity == "negated" or (row.predicate == "has_phenotype" and tells(row) and frequency(row) == 0)


def _agreed(row: Assertion) -> int:
    """How many curators and lists a source counts."""
    return sum(int(value) for name, value in row.qualifiers if name in _COUNTED and value.isdigit())
