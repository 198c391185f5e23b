"""Which kind of vector index there is, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from api.memory import index_budget

if TYPE_CHECKING:
    from retrieval.families import Family
    from retrieval.followed_index import FollowedIndex
    from retrieval.index_choice import Choice, Reason

WHY: dict[Reason, str] = {
    "few": "few enough to compare with every one",
    "many": "too many to compare with every one",
    "tight": "too many to keep a byte a dimension in {budget}",
    "beyond": "more than {budget} (MEDGRAPH_INDEX_MEMORY) holds",
}


def told(indexes: Mapping[Family, FollowedIndex], encoder: str, index_memory: int | None) -> str:
    """Bring the indexes up to their store, and say what they are; `index_memory` is the setting, in bytes."""
    budget = _size(index_budget(index_memory))
    words: list[str] = []
    for family, index in indexes.items():
        index.refresh()
        choice = index.now.choice
        whose = f"vectors of {encoder}" if family == "rest" else "of Chinese passages"
        words.append(f"{len(index):,} {whose}, {kind(choice)}: {WHY[choice.reason].format(budget=budget)}")
        if index.making:
            words.append("one that fits better is being made")
    return "; ".join(words)


def kind(choice: Choice) -> str:
    """Such as `IVF4000,SQ8 (416 bytes each)`."""
    return f"{choice.factory} ({choice.bytes_a_row} bytes each)"


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"
