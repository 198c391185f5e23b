"""What every door asks for: drugs and targets for a disease, given by id or name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.audit.visit import noted
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
from text.names import normalise

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.model import Entity
    from qa.drugs.repurpose.model import Sought
    from qa.drugs.repurpose.rank import Repurposing

SHARING = 200
ALIKE = 80
"""So many names that share a word are looked at first; where one is so like, of 100, the others, which take seconds to
read, are not."""
NEAR = 5
"""So many diseases are named in place of one to which no path leads."""


@noted
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
    nothing = NothingLoaded("nothing is loaded that paths between drugs, genes and diseases are made of, as Hetionet")
    if not any(labels is None or source.access & labels for source in view.store.sources(kind="curated")):
        raise nothing
    # Reading what paths are made of takes seconds: a name that nothing bears is not kept waiting for it.
    bearers = _bearers(parts, view, disease)
    if not engine.network(view):
        raise nothing
    for entity in bearers:
        proposal = engine.propose(view, sought, entity.id, limit=limit, new=new)
        if proposal is not None and (proposal.compared or (new and proposal.known)):
            others = [other for other in bearers if other.id != entity.id]
            stated = (one.stated for one in proposal.candidates)
            ids = {row.source for of in stated for row in (*of.curated, *of.literature_for, *of.literature_against)}
            sources = {id: source for id in ids if (source := view.source(id)) is not None}
            return ProposalOut.of(proposal, sources, nodes(others), closed(view))
    raise _pathless(engine, view, bearers)


def _pathless(engine: Repurposing, view: GraphView, bearers: Sequence[Entity]) -> NotFound:
    """That nothing can be ranked, and which diseases to ask for in its place."""
    first = bearers[0]
    near = view.entities(engine.kin(view, [entity.id for entity in bearers])[:NEAR])
    kin = "; to these of its kind some do: " + ", ".join(f"{one.name} ({one.id})" for one in near.values())
    return NotFound(
        f"no path leads to {first.name} ({first.id}): nothing ties it closely enough to a gene or drug here"
        + (kin if near else "")
    )


def _bearers(parts: Parts, view: GraphView, disease: str) -> tuple[Entity, ...]:
    """The diseases and findings that may be meant, the first of that name or id first."""
    text = disease.strip()
    try:
        entity = of_id(view, text) if text else None
    except UnknownEntity:
        entity = None
    bearers = conditions(view, entity.id if entity else text) if text else ()
    if not bearers:
        raise unknown_name(view, Unknown(text, _nearest(parts, view, text)), "disease or finding")
    return bearers


def _nearest(parts: Parts, view: GraphView, text: str) -> tuple[str, ...]:
    """The names of diseases that are most like this: those that share a word with it, else of all."""
    from rapidfuzz import fuzz

    norm = normalise(text)
    sharing = [match.entity.name for match in view.find_entities(text, type="Disease", limit=SHARING)]
    alike = sorted({name: fuzz.ratio(norm, normalise(name)) for name in sharing}.items(), key=lambda pair: -pair[1])
    if alike and alike[0][1] >= ALIKE:
        return tuple(name for name, _ in alike[:3])
    return parts.nearest_diseases().names(view, text) or tuple(dict.fromkeys(sharing))[:3]
