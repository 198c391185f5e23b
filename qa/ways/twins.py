"""When two ids bear one name: their words in any order, and of drugs whatever the salt."""

from __future__ import annotations

from graph.model import Entity
from text.drug_names import has_salts, ingredients
from text.names import normalise


def same_name(entity: Entity) -> str:
    """What every entity of this name shares: `Diabetes mellitus, type 2` is `Type 2 diabetes mellitus`."""
    name = entity.name
    if entity.type == "Drug":
        parts = ingredients(name)
        base = parts[0][-1] if len(parts) == 1 and parts[0] else name
        name = base if has_salts(base) else name
    return " ".join(sorted(normalise(name).split()))
