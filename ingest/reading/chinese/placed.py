"""Where a gene or a variant takes the place of what else was found in its letters."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Mention

_NAMED = frozenset(("Disease", "Phenotype"))
_CHEMICAL = "MESH:"
"""Of this vocabulary are proteins that a linker of chemicals knows: CYP2C19 is one to it, as is PPARγ."""


def placed(mentions: Sequence[Mention], genes: Sequence[Mention]) -> list[Mention]:
    """`mentions` with `genes`; both in order of `start`.

    A gene gives way to what is known under a longer name (G6PD缺乏, GLP-1受体激动剂), and under the same one unless
    that is a chemical by MeSH; it takes the place of what is known of a part of its name, and of what nobody knows
    (血浆GFAP), unless that is a disease.
    """
    kept = list(mentions)
    for gene in genes:
        over = [one for one in kept if one.start < gene.end and gene.start < one.end]
        if all(_yields(one, gene) for one in over):
            kept = [one for one in kept if one not in over]
            kept.append(gene)
    return sorted(kept, key=lambda m: (m.start, m.end))


def _yields(mention: Mention, gene: Mention) -> bool:
    longer = mention.start < gene.start or gene.end < mention.end
    if mention.entity is None:
        return not (longer and mention.type in _NAMED)
    if longer:
        return False
    if (mention.start, mention.end) != (gene.start, gene.end):
        return True
    recognised = mention.type == "Drug" or (mention.type == "Disease" and mention.label)
    return bool(recognised) and mention.entity.startswith(_CHEMICAL)
