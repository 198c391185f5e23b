"""Pictures: signs and frames that stand together, each of a group of emergencies."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from qa.asked.emergency.tables import rows


@dataclass(frozen=True, slots=True)
class Picture:
    group: str
    needs: tuple[frozenset[str], ...]
    """Of each of these sets one must be there."""
    without: frozenset[str]

    def fits(self, there: AbstractSet[str]) -> bool:
        return all(not need.isdisjoint(there) for need in self.needs) and self.without.isdisjoint(there)


@cache
def pictures() -> tuple[Picture, ...]:
    """All, as the table lists them."""
    return tuple(
        Picture(group, tuple(frozenset(need.split("/")) for need in needs.split()), frozenset(without.split()))
        for group, needs, without in rows("pictures.tsv")
    )
