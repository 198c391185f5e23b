"""What is told where a name is none of what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import UnknownName
from api.schemas.graph import nodes
from qa.drugs.names import exactly
from text.names import normalise

if TYPE_CHECKING:
    from graph.view import GraphView
    from qa.drugs.model import Unknown


def unknown_name(view: GraphView, unknown: Unknown, kind: str) -> UnknownName:
    """That nothing of this kind is named so: what is named so instead, else the nearest names. Raises what the graph
    raises."""
    norm = normalise(unknown.asked)
    others = [*exactly(view, [unknown.asked]).values(), *(view.named([norm]).get(norm, ()) if norm else ())]
    if others:
        told = "; ".join(f"{other.id} ({other.type} {other.name})" for other in others)
        return UnknownName(
            f"{unknown.asked!r} names no {kind} but {told}",
            nearest=list(unknown.nearest),
            named=[other.model_dump() for other in nodes(others)],
        )
    near = f"; nearest: {', '.join(unknown.nearest)}" if unknown.nearest else ", and nothing is near"
    return UnknownName(f"no {kind} is named {unknown.asked!r}{near}", nearest=list(unknown.nearest), named=[])
