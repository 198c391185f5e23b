"""The candidates for one concept, and a file of a home's own that holds those that somebody has accepted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from api.errors import HomeUnavailable
from graph.identity import borne
from text.names import normalise

if TYPE_CHECKING:
    from graph.model import Entity
    from graph.twins import Twins

FILE = "local.sssom.tsv"
"""In the home; it is loaded as the source `local`."""
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "confidence",
    "comment",
)  # fmt: skip
BY_NAME, BY_HAND = "semapv:LexicalMatching", "semapv:ManualMappingCuration"


def row(pair: Twins, *, by_hand: bool = False) -> tuple[str, ...]:
    """A candidate in the columns of SSSOM; `by_hand`: somebody has looked at it."""
    comment = "; ".join((*(("name: " + ", ".join(pair.names),) if pair.names else ()), *pair.speaks_for))
    if pair.speaks_against:
        comment += "; but " + ", ".join(pair.speaks_against)
    cells = (
        pair.canonical.id, pair.canonical.name, "skos:exactMatch", pair.other.id, pair.other.name,
        BY_HAND if by_hand else BY_NAME, f"{1.0 if by_hand else pair.confidence:g}", comment,
    )  # fmt: skip
    return tuple(" ".join(cell.split()) for cell in cells)


def public(pair: Twins, seen: Mapping[str, Entity]) -> Twins:
    """The candidate with those names alone that are in `seen`, which are entities as the public sees them.

    Who lists the candidates is shown every name; but what is accepted goes on as a source that no licence restricts.
    """

    def named(entity: Entity) -> Entity:
        return replace(entity, name=seen[entity.id].name if entity.id in seen else "")

    borne_by = [
        {normalise(name.text) for name in borne(seen[entity.id])} if entity.id in seen else set[str]()
        for entity in (pair.other, pair.canonical)
    ]
    return replace(
        pair,
        other=named(pair.other),
        canonical=named(pair.canonical),
        names=tuple(name for name in pair.names if all(name in names for names in borne_by)),
    )


def accept(home: Path, accepted: Iterable[Sequence[str]]) -> Path:
    """Add rows to the home's own file, in place of those of the same ids; return where it is. Raises HomeUnavailable.

    Its version is made of its content, so that loading it takes the place of what was loaded of it before.
    """
    path = home / FILE
    try:
        kept = {(cells[0], cells[3]): cells for cells in _rows(path)}
        kept |= {(cells[0], cells[3]): tuple(cells) for cells in accepted}
        lines = ["\t".join(cells) for _, cells in sorted(kept.items())]
        version = hashlib.blake2b("\n".join(lines).encode(), digest_size=6).hexdigest()
        head = ["#mapping_set_id: local", f"#mapping_set_version: {version}", "\t".join(COLUMNS)]
        written = path.with_suffix(".part")
        written.write_text("\n".join((*head, *lines, "")), encoding="utf-8")
        os.replace(written, path)
    except OSError as error:
        raise HomeUnavailable(f"{path} cannot be written: {error.strerror}") from error
    return path


def _rows(path: Path) -> list[tuple[str, ...]]:
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines[1:]]
