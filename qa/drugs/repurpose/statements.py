"""What is stated of candidates and a disease already: by curated sources, and by the literature for and against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.repurpose.model import Sought, Standing, Stated
from qa.evidence.records import Records

_FOR: dict[Sought, dict[str, Standing]] = {
    "drugs": {"treats": "treats", "palliates": "palliates", "prevents": "prevents"},
    "targets": {"gene_associated_with": "associated", "causes": "associated", "contributes_to": "associated"},
}
_AGAINST: dict[Sought, dict[str, Standing]] = {
    "drugs": {
        "contraindicated_in": "contraindicated",
        "cautioned_in": "caution",
        "causes": "causes",
        "has_adverse_effect": "causes",
    },
    "targets": {},
}
"""What predicates say for and against a candidate."""


def stated(
    view: GraphView, records: Records, sought: Sought, candidates: Collection[str], disease: str
) -> dict[str, Stated]:
    """What is stated of each candidate of whom something is. Raises what the graph raises."""
    predicates = [*_FOR[sought], *_AGAINST[sought]]
    by_candidate: dict[str, list[Assertion]] = defaultdict(list)
    for row in view.statements(subjects=candidates, predicates=predicates, objects=[disease]):
        if records.stands(row) and row.experiencer == "patient":
            by_candidate[row.subject].append(row)
    return {id: _sorted(sought, records, rows) for id, rows in by_candidate.items()}


def _sorted(sought: Sought, records: Records, rows: Iterable[Assertion]) -> Stated:
    curated, favourable, adverse = [], [], []
    standing: dict[Standing, None] = {}
    for row in rows:
        source = records.source(row.source)
        speaks_for = (row.predicate in _FOR[sought]) == (row.polarity == "affirmed")
        if source is None or source.kind == "document":
            (favourable if speaks_for else adverse).append(row)
            continue
        curated.append(row)
        if row.polarity == "affirmed":
            standing[(_FOR[sought] | _AGAINST[sought])[row.predicate]] = None
        elif row.predicate in _FOR[sought]:
            standing["denied"] = None
    if "denied" in standing and standing.keys() & _FOR[sought].values():
        standing["disputed"] = None
    return Stated(tuple(standing), tuple(curated), tuple(favourable), tuple(adverse))
