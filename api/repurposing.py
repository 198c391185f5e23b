"""What every door asks for: drugs and targets for a disease, given by id or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import NotFound, NothingLoaded
from api.lookup import find
from api.schemas.graph import nodes
from api.schemas.repurposing import ProposalOut
from graph.view import GraphView

if TYPE_CHECKING:
    from api.wiring import Parts
    from qa.drugs.repurpose.model import Sought


def propose(
    parts: Parts, access: frozenset[str] | None, disease: str, sought: Sought, *, limit: int = 10, new: bool = False
) -> ProposalOut:
    """The most probable drugs or targets for a disease: of those that bear the name, the first to which paths lead.

    `new`: without what curated sources state already. Raises NotFound, also where no path leads there; UnknownEntity;
    NothingLoaded where the graph holds nothing that paths are made of; ModelUnavailable.
    """
    # Of patients nothing is read, and a network is kept for each set of labels.
    labels = None if access is None else frozenset(label for label in access if not label.startswith("patient:"))
    engine, view = parts.repurposing(), GraphView(parts.graph(), labels)
    whole = engine.network(view)
    if not any(len(edges.cells) for edges in whole.edges.values()):
        raise NothingLoaded("nothing is loaded that paths between drugs, genes and diseases are made of, as Hetionet")
    found = find(view, disease)
    bearers = (found.entity, *found.others)
    for entity in bearers:
        proposal = engine.propose(view, sought, entity.id, limit=limit, new=new)
        if proposal is not None:
            others = [other for other in bearers if other.id != entity.id]
            stated = (one.stated for one in proposal.candidates)
            ids = {row.source for of in stated for row in (*of.curated, *of.literature_for, *of.literature_against)}
            sources = {id: source for id in ids if (source := view.source(id)) is not None}
            return ProposalOut.of(proposal, sources, nodes(others))
    raise NotFound(f"no path leads to {found.entity.name} ({found.entity.id}): nothing ties it to a gene or drug here")
