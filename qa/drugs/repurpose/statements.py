"""What is stated of candidates and a disease already: by curated sources, and by the literature for and against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.cautions import cautions
from qa.drugs.model import Circumstances
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.repurpose.model import Sought, Standing, Stated
from qa.drugs.standing import standing
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
    view: GraphView, records: Records, sought: Sought, candidates: Sequence[str], disease: str
) -> dict[str, Stated]:
    """What is stated of each candidate of whom something is. Raises what the graph raises."""
    words = _FOR[sought] | _AGAINST[sought]
    rows = view.statements(subjects=candidates, predicates=[*words], objects=[disease]) if candidates else []
    by_candidate: dict[str, list[tuple[Assertion, ...]]] = defaultdict(list)
    for row in rows:
        if records.stands(row) and row.experiencer == "patient":
            by_candidate[row.subject].append((row,))
    if sought == "drugs":
        for id, chain in _against(view, records, candidates, disease):
            if chain not in by_candidate[id]:
                by_candidate[id].append(chain)
    return {id: _sorted(sought, records, chains) for id, chains in by_candidate.items() if chains}


def _against(
    view: GraphView, records: Records, candidates: Sequence[str], disease: str
) -> Iterable[tuple[str, tuple[Assertion, ...]]]:
    """What a drug, or a class that it is of, must not be used in, of the disease and of what that is a kind of."""
    drugs, _ = resolve(view, candidates, Nearest(view.store))
    who = Circumstances(conditions=frozenset({disease}))
    for caution in cautions(view, records, drugs, standing(view, drugs), who):
        yield drugs[caution.drug].asked, caution.path


def _sorted(sought: Sought, records: Records, chains: Iterable[tuple[Assertion, ...]]) -> Stated:
    """By who states it; of a chain the last says what, and those before how the candidate comes to be meant."""
    curated: dict[str, Assertion] = {}
    favourable: list[Assertion] = []
    adverse: list[Assertion] = []
    words: dict[Standing, None] = {}
    for *before, row in chains:
        source = records.source(row.source)
        speaks_for = (row.predicate in _FOR[sought]) == (row.polarity == "affirmed")
        if source is None or source.kind == "document":
            (favourable if speaks_for else adverse).append(row)
            continue
        curated |= {one.id: one for one in (*before, row)}
        if row.polarity == "affirmed":
            words[(_FOR[sought] | _AGAINST[sought])[row.predicate]] = None
        elif row.predicate in _FOR[sought]:
            words["denied"] = None
    if "denied" in words and words.keys() & _FOR[sought].values():
        words["disputed"] = None
    return Stated(tuple(words), tuple(curated.values()), tuple(favourable), tuple(adverse))
