"""What every door asks for: drugs and targets for a disease, given by id or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import NotFound, NothingLoaded
from api.lookup import of_id
from api.schemas.graph import nodes
from api.schemas.repurposing import ProposalOut
from api.unknown import unknown_name
from graph.errors import UnknownEntity
from graph.view import GraphView
from qa.drugs.model import Unknown
from qa.drugs.page.conditions import conditions
from qa.drugs.page.gather import closed

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.model import Entity
    from qa.drugs.repurpose.model import Sought

NEAR = 5
"""So many diseases are named in place of one to which no path leads."""


def propose(
    parts: Parts, access: frozenset[str] | None, disease: str, sought: Sought, *, limit: int = 10, new: bool = False
) -> ProposalOut:
    """The most probable drugs or targets for a disease: of those that bear the name, the first to which paths lead.

    `new`: without what curated sources state already. Raises UnknownName where no disease or finding is named so,
    NotFound where no path leads there, NothingLoaded where the graph holds nothing that paths are made of,
    ModelUnavailable, and what the graph raises.
    """
    # Of patients nothing is read, and a network is kept for each set of labels.
    labels = None if access is None else frozenset(label for label in access if not label.startswith("patient:"))
    engine, view = parts.repurposing(), GraphView(parts.graph(), labels)
    # Reading what paths are made of takes seconds: a name that nothing bears is not kept waiting for it.
    bearers = _bearers(parts, view, disease) if engine.may_read(view) else ()
    if not bearers or not engine.network(view):
        raise NothingLoaded("nothing is loaded that paths between drugs, genes and diseases are made of, as Hetionet")
    for entity in bearers:
        proposal = engine.propose(view, sought, entity.id, limit=limit, new=new)
        if proposal is not None:
            others = [other for other in bearers if other.id != entity.id]
            stated = (one.stated for one in proposal.candidates)
            ids = {row.source for of in stated for row in (*of.curated, *of.literature_for, *of.literature_against)}
            sources = {id: source for id in ids if (source := view.source(id)) is not None}
            return ProposalOut.of(proposal, sources, nodes(others), closed(view))
    first = bearers[0]
    told = f"no path leads to {first.name} ({first.id}): nothing ties it to a gene or drug here"
    near = view.entities(engine.kin(view, [entity.id for entity in bearers])[:NEAR])
    if near:
        told += "; to these of its kind some do: " + ", ".join(f"{one.name} ({one.id})" for one in near.values())
    raise NotFound(told)


def _bearers(parts: Parts, view: GraphView, disease: str) -> tuple[Entity, ...]:
    """The diseases and findings that may be meant, the first of that name or id first."""
    text = disease.strip()
    try:
        entity = of_id(view, text) if text else None
    except UnknownEntity:
        entity = None
    bearers = conditions(view, entity.id if entity else text) if text else ()
    if not bearers:
        raise unknown_name(view, Unknown(text, parts.nearest_diseases().names(view, text)), "disease or finding")
    return bearers
