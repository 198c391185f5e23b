"""What an attack is, and how one is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from attacks.stage import Stage

Lane = Literal["main", "heavy", "patient", "fresh"]
Half = Literal["dev", "apart"]


class Seen(NamedTuple):
    """Whether the door held, and what was seen of it."""

    held: bool
    what: str


@dataclass(frozen=True, slots=True)
class Attack:
    """`lane`: the attacks of one lane run one after the other, lanes beside one another."""

    name: str
    point: int
    lane: Lane
    half: Half
    run: Callable[[Stage], Seen]


ATTACKS: list[Attack] = []


def attack(
    name: str, point: int, lane: Lane = "main", half: Half = "dev"
) -> Callable[[Callable[[Stage], Seen]], Callable[[Stage], Seen]]:
    """Register an attack; `point` counts the issue's list: 1 to 11, then 12 audit to 16 Neo4j."""

    def kept(run: Callable[[Stage], Seen]) -> Callable[[Stage], Seen]:
        ATTACKS.append(Attack(name, point, lane, half, run))
        return run

    return kept


NO_DOOR = Seen(False, "no such door")
