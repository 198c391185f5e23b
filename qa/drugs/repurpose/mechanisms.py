"""How candidates may come to act on a disease, by the curated paths of DrugMechDB to it.

A path belongs to one drug. What acts on a gene along it may act as that drug does from there on, unless the one is
stated to inhibit what the other activates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.model import Assertion, Relation
from graph.view import GraphView
from qa.drugs.page.mechanisms import SOURCE, mechanisms
from qa.drugs.page.reading import towards
from qa.drugs.repurpose.model import Mechanism
from qa.evidence.records import Records

ACTS = ("inhibits", "activates", "binds")
_CONTRARY = {("inhibits", "activates"), ("activates", "inhibits")}

_Chain = tuple[str, str, tuple[str, ...], tuple[Assertion, ...]]
"""Whose path, its record, the nodes from the drug to the disease, and the statement of each link."""


def borrowed(view: GraphView, records: Records, disease: str, candidates: Sequence[str]) -> Mapping[str, Mechanism]:
    """Of each candidate its own path, or the shortest that it may share with another drug. Raises what the graph
    raises."""
    if not candidates:
        return {}
    rows = towards(view, [disease], ["treats"])
    drugs = sorted({row.subject for row in rows if row.source == SOURCE})
    chains: list[_Chain] = [
        (nodes[0], path.record, nodes, links)
        for path in mechanisms(view, records, drugs, [disease])
        for nodes, links in zip(path.nodes, path.chains, strict=True)
    ]
    acts: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    genes = {node for _, _, nodes, _ in chains for node in nodes[1:-1]}
    if genes:
        for relation in view.relations(subjects=candidates, predicates=ACTS, objects=genes):
            if relation.affirmed:
                acts[relation.subject, relation.object].append(relation)
    told: dict[str, Mechanism] = {}
    for candidate in candidates:
        own = [chain for chain in chains if chain[0] == candidate]
        if own:
            drug, record, nodes, links = min(own, key=lambda chain: (len(chain[2]), chain[2]))
            told[candidate] = Mechanism(drug, record, nodes, None, links)
        elif shared := list(_shared(candidate, chains, acts)):
            told[candidate] = min(shared, key=lambda one: (len(one.nodes), one.nodes, one.drug))
    return told


def _shared(
    candidate: str, chains: Sequence[_Chain], acts: Mapping[tuple[str, str], Sequence[Relation]]
) -> Iterator[Mechanism]:
    """From the first thing on each path that the candidate acts on, too."""
    for drug, record, nodes, links in chains:
        for place, node in enumerate(nodes[1:-1], 1):
            same = acts.get((candidate, node), ())
            agreeing = [act for act in same if (act.predicate, links[place - 1].predicate) not in _CONTRARY]
            if len(agreeing) == len(same) > 0:
                act = min(agreeing, key=lambda act: ACTS.index(act.predicate))
                yield Mechanism(drug, record, (candidate, *nodes[place:]), act, links[place:])
                break
