"""Which kind of vector index there is, and why, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.memory import index_budget

if TYPE_CHECKING:
    from retrieval.followed_index import FollowedIndex
    from retrieval.index_choice import Choice, Reason

WHY: dict[Reason, str] = {
    "few": "few enough to compare with every one",
    "many": "too many to compare with every one",
    "tight": "too many to keep a byte a dimension in {budget}",
    "beyond": "more than {budget} (MEDGRAPH_INDEX_MEMORY) holds",
}


def told(index: FollowedIndex, encoder: str, index_memory: int | None) -> str:
    """Bring the index up to its store, and say what it is; `index_memory` is the setting, in bytes."""
    index.refresh()
    choice, budget = index.now.choice, _size(index_budget(index_memory))
    words = f"{len(index):,} vectors of {encoder}, {kind(choice)}: {WHY[choice.reason].format(budget=budget)}"
    return f"{words}; one that fits better is being made" if index.making else words


def kind(choice: Choice) -> str:
    """Such as `IVF4000,SQ8 (416 bytes each)`."""
    return f"{choice.factory} ({choice.bytes_a_row} bytes each)"


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"
