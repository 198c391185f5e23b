"""What a Chinese text names, of what a recogniser and a dictionary find in it: the longer name that the graph knows.

Nothing but its words says where a Chinese name ends. A recogniser takes the organ out of 前列腺增生, or a word into a
name that stands beside it; that the whole is a name of the graph tells better.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from ingest.model import Mention

_CLASS = re.compile(r"(?:剂|(?<!血)药|药物|类|素|酶|液|物|单抗|受体|蛋白|抗体|因子)$")
"""What makes another drug, or a class of drugs, of the name that it stands behind."""
_BEFORE = re.compile(r".*(?:剂|药|药物|单抗|抗体)|[小大低高]?剂?量|含|予|用|服用|口服|加用|改用|联合")
"""What stands before the name of a drug and is no part of it."""
_AIMS = frozenset(
    ("降压", "降糖", "降脂", "抗凝", "溶栓", "止痛", "镇痛", "退热", "利尿", "抗感染", "止血", "平喘", "止咳", "治疗")
)
"""What a drug is given for in one word, that a recogniser takes into a treatment's name."""


def confirmed(found: Sequence[Mention], known: Sequence[Mention]) -> list[Mention]:
    """`found`, which a recogniser has, with `known`, the names of the graph in the text; both in order of `start`.

    A name that covers all that is found of it is the mention, and gives an entity to one of the same extent that has
    none; a drug's name is what an unknown drug begins with, unless that is a drug of another name (胰岛素增敏剂). Else
    what is found stays, and a name counts where nothing is found.
    """
    kept: dict[tuple[int, int], list[Mention]] = {}
    for mention in found:
        kept.setdefault((mention.start, mention.end), []).append(mention)
    spans = sorted(kept)  # of which none overlap
    added: list[Mention] = []
    for name in known:
        first = bisect_left(spans, name.start + 1, key=itemgetter(1))
        over = spans[first : bisect_left(spans, name.end, lo=first, key=itemgetter(0))]
        if any(span not in kept for span in over):
            continue
        if all(name.start <= start and end <= name.end for start, end in over):
            same = kept.get((name.start, name.end))
            if same is None:
                for span in over:
                    del kept[span]
                added.append(name)
            elif same[0].entity is None:
                kept[name.start, name.end] = [replace(same[0], entity=name.entity, type=name.type, reason=name.reason)]
        elif len(over) == 1 and (_begins(kept[over[0]][0], name) or _ends(kept[over[0]][0], name)):
            del kept[over[0]]
            added.append(name)
    return sorted([*added, *(m for some in kept.values() for m in some)], key=lambda m: (m.start, m.end))


def _begins(mention: Mention, name: Mention) -> bool:
    """Whether an unknown drug is this known one with a word that does not belong to its name."""
    rest = mention.surface[name.end - mention.start :]
    return (
        mention.entity is None
        and name.type == "Drug"
        and mention.start == name.start
        and ((mention.type == "Drug" and not _CLASS.search(rest)) or (mention.type == "Procedure" and rest in _AIMS))
    )


def _ends(mention: Mention, name: Mention) -> bool:
    """Whether an unknown drug is this known one with its class, or how much of it, before its name."""
    rest = mention.surface[: name.start - mention.start]
    return (
        mention.entity is None
        and mention.type == name.type == "Drug"
        and mention.end == name.end
        and _BEFORE.fullmatch(rest) is not None
    )
