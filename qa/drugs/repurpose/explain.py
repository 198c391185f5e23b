"""The single paths that count most between one thing and a disease."""

from __future__ import annotations

from qa.drugs.repurpose.counting import Counts
from qa.drugs.repurpose.metapaths import Metapath
from qa.drugs.repurpose.network import Network

BEAM = 100
"""So many beginnings of paths are followed at most, those that promise most."""


def best(
    network: Network, counts: Counts, metapath: Metapath, start: int, limit: int
) -> list[tuple[float, tuple[int, ...]]]:
    """Up to `limit` paths of this kind, by their numbers from the start to the disease, each with its weight: the share
    that it has in the count of its kind. The weightiest first, ties by the numbers."""
    letters = [metapath[0].start, *(step.end for step in metapath)]
    begun: list[tuple[float, float, tuple[int, ...]]] = [(1.0, 1.0, (start,))]
    for place, step in enumerate(metapath, 1):
        rest = counts.walks(metapath[place:])
        matrix = network.matrix(step)
        longer = []
        for _, weight, passed in begun:
            columns, values = matrix.row(passed[-1])
            for column, value in zip(columns.tolist(), values.tolist(), strict=True):
                again = any(letters[i] == letters[place] and passed[i] == column for i in range(place))
                if rest[column] > 0 and not again:
                    reached = weight * value
                    longer.append((-reached * float(rest[column]), reached, (*passed, column)))
        begun = sorted(longer)[:BEAM]
    return [(weight, passed) for _, weight, passed in begun[:limit]]
