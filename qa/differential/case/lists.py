"""Findings as people paste them: several told as one, `seizures, hypotonia` or `癫痫、肌张力低下`, and ids in prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from graph.view import GraphView
from qa.differential.case import naming
from qa.differential.model import Told
from text.names import normalise

_BETWEEN = re.compile(r"\s*[,;|、，；\n\r\t]\s*")


def parted(view: GraphView, told: Told) -> Told:
    """The case with every finding told by itself. A name with a comma that somebody bears stays whole, as does one of
    whose parts fewer than two are names."""
    several = {name: parts for name in (*told.observed, *told.excluded) if len(parts := _parts(name)) > 1}
    if not several:
        return told
    wanted = {normalise(way) for name, parts in several.items() for way in (name, *parts)}
    borne = naming.lookup(view, wanted - {""})

    def whole(name: str) -> bool:
        parts = several.get(name, ())
        means = sum(bool(naming.curie(part)) or normalise(part) in borne for part in parts)
        return normalise(name) in borne or means < 2

    def alone(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(part for name in names for part in ((name,) if whole(name) else several.get(name, (name,))))
        )

    return replace(told, observed=alone(told.observed), excluded=alone(told.excluded))


def named(view: GraphView, told: Told) -> Told:
    """The case with the names of findings in its prose in the place of their ids, by which they are read."""
    ids = {f"HP:{number}" for number in naming.HPO.findall(told.text)}
    if not ids:
        return told
    names = {id: entity.name for id in sorted(ids) if (entity := naming.entity_of(view, id)) is not None}
    return replace(told, text=naming.HPO.sub(lambda id: names.get(f"HP:{id[1]}", id[0]), told.text))


def _parts(name: str) -> tuple[str, ...]:
    """What stands between commas, or the ids of HPO where it has several."""
    ids = naming.HPO.findall(unicodedata.normalize("NFKC", name))
    if len(ids) > 1:
        return tuple(f"HP:{number}" for number in ids)
    return () if ids else tuple(part for part in _BETWEEN.split(name.strip()) if part)
