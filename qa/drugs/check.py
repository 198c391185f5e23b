"""All that is known of some drugs together: every pair, duplicates, what speaks against one, and what was searched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from graph.model import Entity
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.cautions import cautions
from qa.drugs.interactions import Standing, pairs, standing
from qa.drugs.model import Check, Circumstances, Drug, Duplicate
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.searched import Searches
from qa.evidence.records import Records

MOST = 200
"""So many drugs at most in one check: 19,900 pairs."""
ONE_IS_ENOUGH = "class"
"""The kind of a group of which two drugs are one too many."""
SUBGROUP = 5
"""The length of an ATC code of the fourth level, which holds drugs of one kind: `B01AA`."""


class DrugEngine:
    """Checks drugs in one graph. Safe for several threads."""

    def __init__(self, graph: GraphStore) -> None:
        self._nearest, self._searches = Nearest(graph), Searches(graph)

    def check(self, view: GraphView, asked: Sequence[str], who: Circumstances | None = None) -> Check:
        """What is known of these drugs, given by id or name, for somebody. A name that is unknown costs that name.

        Raises what the graph raises, and ValueError for more than `MOST` names.
        """
        if len(asked) > MOST:
            raise ValueError(f"{len(asked)} drugs; at most {MOST} are checked together")
        drugs, unknown = resolve(view, asked, self._nearest)
        records = Records(view)
        known = standing(view, drugs)
        found = pairs(view, records, drugs, known)
        against = cautions(view, records, drugs, known, who or Circumstances())
        searched, closed = self._searches.of(view)
        paths = [row for pair in found for one in pair.derived for row in one.path]
        paths += [row for pair in found for s in pair.statements for row in (s.assertion, *s.members)]
        paths += [row for caution in against for row in caution.path]
        doubles = duplicates(drugs, known, records)
        return Check(
            drugs=tuple(drugs),
            unknown=tuple(unknown),
            pairs=found,
            duplicates=doubles,
            cautions=against,
            searched=searched,
            closed=closed,
            entities=records.entities({id for row in paths for id in (row.subject, row.object)}),
        )


def duplicates(drugs: Sequence[Drug], known: Standing, records: Records) -> tuple[Duplicate, ...]:
    """Drugs with one ingredient in common, then drugs of one class, the most first."""
    holding: dict[str, set[int]] = defaultdict(set)
    for place, drug in enumerate(drugs):
        for ingredient in drug.ingredients:
            holding[ingredient.id].add(place)
    # Two ids of one ingredient that no mapping joins are one all the same.
    same = [
        Duplicate((a, b), "ingredient", _shared(drugs[a], drugs[b]))
        for a, b in combinations(range(len(drugs)), 2)
        if drugs[a].ids & drugs[b].ids
    ]
    of_class: dict[str, set[int]] = defaultdict(set)
    for place, held in enumerate(known.nodes):
        for id, chain in held.items():
            kind = dict(chain[-1].qualifiers).get("kind") if chain else ""
            if kind == ONE_IS_ENOUGH or (id.startswith("ATC:") and len(id) == len("ATC:") + SUBGROUP):
                of_class[id].add(place)
    once = {frozenset(double.drugs) for double in same}
    classes = records.entities(of_class)
    alike = {
        tuple(sorted(places)): classes[id]
        for id, places in sorted(of_class.items(), reverse=True)
        if len(places) > 1 and id in classes and frozenset(places) not in once
    }
    kinds = [Duplicate(places, "class", shared) for places, shared in alike.items()]
    return (*same, *sorted(kinds, key=lambda double: (-len(double.drugs), double.drugs)))


def _shared(one: Drug, other: Drug) -> Entity:
    both = [entity for entity in one.ingredients if entity.id in other.ids]
    return both[0] if both else one.entity
