"""Where the graph knows too little for a ranking to mean much, and what would help."""

from __future__ import annotations

import numpy as np

from qa.differential.matrix import Matrix
from qa.differential.model import Ranking
from qa.evidence.wording import Words


def thin(matrix: Matrix, ranking: Ranking) -> tuple[Words, ...]:
    """Why the ranking says little, each in a sentence; nothing where it need not be said."""
    case, told = ranking.case, []
    several = sum(bool(finding.ids) for finding in case.observed)
    if not several:
        told.append(
            Words(
                "No finding that is there was understood: nothing can be ranked.",
                "没有识别到任何存在的表现：无法排序。",
            )
        )
    elif several == 1:
        told.append(
            Words(
                "Only one finding was understood: by one alone, what is common comes first. Tell more.",
                "仅识别到一项表现：仅凭一项，常见病排在前面。请补充更多表现。",
            )
        )
    elif not any(len(_explained(ranking, at)) > 1 for at in range(len(ranking.candidates))):
        told.append(
            Words(
                "None of the first candidates explains more than one of the findings.",
                "排在前面的疾病均不能解释一项以上的表现。",
            )
        )
    if not np.isfinite(matrix.profiles.incidence).any():
        if not any(term.startswith("HP:") for term in matrix.profiles.terms):
            told.append(
                Words(
                    "Hardly any disease is stated to have findings: `medgraph load hp.obo phenotype.hpoa` loads what "
                    "rare diseases look like.",
                    "几乎没有疾病记载有表现：请用 `medgraph load hp.obo phenotype.hpoa` 载入罕见病的表现。",
                )
            )
        told.append(
            Words(
                "Nothing is loaded on how common diseases are: common ones may be missing. `medgraph load conditions` "
                "loads them.",
                "未载入疾病的常见程度：可能缺少常见病。请用 `medgraph load conditions` 载入。",
            )
        )
    return tuple(told)


def _explained(ranking: Ranking, at: int) -> list[int]:
    return [each.place for each in ranking.candidates[at].explained if each.by and not each.wider]
