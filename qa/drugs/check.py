"""All that is known of some drugs together: every pair, duplicates, what speaks against one, and what was searched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from graph.model import Entity
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.additive import Additive
from qa.drugs.cautions import VERDICTS, cautions
from qa.drugs.interactions import pairs
from qa.drugs.model import CLASSES, Caution, Check, Circumstances, Drug, Duplicate, Unknown
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.person import Person, circumstances
from qa.drugs.remembering import Memory
from qa.drugs.searched import Searches
from qa.drugs.standing import Standing, standing
from qa.evidence.records import Records
from qa.evidence.wording import Words
from text.prescription import JOINING, drugs_in, lines_in

HARMS = ("has_adverse_effect",)
"""The predicates of what sources of side effects state."""
ADVICE = ("affects_response_to",)
"""The predicates of what guidelines advise for a genotype."""
MOST = 200
"""So many drugs at most in one check: 19,900 pairs."""
ONE_IS_ENOUGH = "class"
"""The kind of a group of which two drugs are one too many."""
SUBGROUP = 5
"""The length of an ATC code of the fourth level, which holds drugs of one kind: `B01AA`."""


class DrugEngine:
    """Checks drugs in one graph. Safe for several threads."""

    def __init__(self, graph: GraphStore) -> None:
        self.nearest, self._searches, self._additive = Nearest(graph), Searches(graph), Additive(graph)
        self._memory = Memory()
        self.harms, self.verdicts = Searches(graph, HARMS), Searches(graph, VERDICTS)
        self.advice = Searches(graph, (*ADVICE, *VERDICTS))

    def resolve(self, view: GraphView, asked: Sequence[str]) -> tuple[list[Drug], list[Unknown]]:
        """The drugs that these names or ids mean, and the names that mean none. Raises what the graph raises."""
        return resolve(view, asked, self.nearest)

    def _apart(self, view: GraphView, asked: Sequence[str]) -> tuple[list[Drug], list[Unknown]]:
        """As `resolve`, but what words alone join is no product: "warfarin and aspirin" are asked about one by one."""
        drugs, unknown = resolve(view, asked, self.nearest)
        joined = {drug.asked for drug in drugs if "+" in drug.entity.id and JOINING.search(drug.asked)}
        if not joined:
            return drugs, unknown
        parts = [part for text in asked for part in (drugs_in(text)[0] if text in joined else (text,))]
        return resolve(view, parts, self.nearest)

    def check(self, view: GraphView, asked: Sequence[str], who: Person | None = None) -> Check:
        """What is known of these drugs, given by id or name, for somebody. A name that is unknown costs that name.

        Raises what the graph raises, and ValueError for more than `MOST` names.
        """
        asked = [line for text in asked for line in lines_in(text)]
        if len(asked) > MOST:
            raise ValueError(f"{len(asked)} drugs; at most {MOST} are checked together")
        view = self._memory.view(view)
        drugs, unknown = self._apart(view, asked)
        person, untold = circumstances(view, self.nearest, who or Person())
        records = Records(view)
        searched, closed = self._searches.of(view)
        known = standing(view, drugs, {one.source.id for one in searched})
        found = pairs(view, records, drugs, known, self._additive.of(view, records, drugs))
        against = cautions(view, records, drugs, known, person)
        paths = [row for pair in found for one in pair.derived for row in one.path]
        paths += [row for pair in found for s in pair.statements for row in (s.assertion, *s.members)]
        paths += [row for caution in against for row in caution.path]
        doubles = duplicates(drugs, known, records)
        return Check(
            drugs=tuple(drugs),
            unknown=tuple(unknown),
            who=person,
            untold=untold,
            silent=_silent(person, against),
            pairs=found,
            duplicates=doubles,
            cautions=against,
            searched=searched,
            closed=closed,
            entities=records.entities({id for row in paths for id in (row.subject, row.object)}),
        )


def _silent(person: Circumstances, against: Sequence[Caution]) -> tuple[Words, ...]:
    """What is told and that nothing listed is about."""
    about = frozenset[str]().union(*(caution.about for caution in against))
    return tuple(words for words, ids in person.told if not ids & about)


def duplicates(drugs: Sequence[Drug], known: Standing, records: Records) -> tuple[Duplicate, ...]:
    """Drugs with one ingredient in common, then drugs of one class, the most first."""
    same: dict[str, tuple[Entity, set[int]]] = {}
    of_class: dict[str, set[int]] = defaultdict(set)
    for a, b in combinations(range(len(drugs)), 2):
        asked = [drug.entity for drug in (drugs[a], drugs[b]) if drug.entity.id.startswith(CLASSES)]
        for entity in asked if drugs[a].ids & drugs[b].ids else ():
            of_class[entity.id].update((a, b))
        for shared in () if asked else _shared(drugs[a], drugs[b]):
            same.setdefault(shared.id, (shared, set()))[1].update((a, b))
    for place, held in enumerate(known.nodes):
        for id, chain in held.items():
            kind = dict(chain[-1].qualifiers).get("kind") if chain else ""
            if kind == ONE_IS_ENOUGH or _is_subgroup(id):
                of_class[id].add(place)
    once = {frozenset(places) for _, places in same.values()}
    classes = records.entities(of_class)
    # A class that is called by its code alone tells less than one with a name of its own.
    ranked = sorted(of_class.items(), key=lambda one: (_is_code(classes.get(one[0])), one[0]), reverse=True)
    alike = {
        tuple(sorted(places)): classes[id]
        for id, places in ranked
        if len(places) > 1 and id in classes and frozenset(places) not in once
    }
    kinds = [Duplicate(places, "class", shared) for places, shared in alike.items()]
    return (
        *(Duplicate(tuple(sorted(places)), "ingredient", shared) for shared, places in same.values()),
        *sorted(kinds, key=lambda double: (-len(double.drugs), double.drugs)),
    )


def _is_code(entity: Entity | None) -> bool:
    """Whether the name of a class is nothing but its code: `ATC class G02CC`."""
    return entity is None or entity.name.endswith(entity.id.partition(":")[2])


def _is_subgroup(id: str) -> bool:
    """Whether it is a class of ATC of drugs of one kind; what ends in X holds what is of no other kind."""
    return id.startswith("ATC:") and len(id) == len("ATC:") + SUBGROUP and not id.endswith("X")


def _shared(one: Drug, other: Drug) -> list[Entity]:
    """The ingredients of the one that are in the other."""
    return [entity for entity in one.ingredients if any(entity.id in part for part in other.parts)]
