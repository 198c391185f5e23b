"""What a genotype means for a drug."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.circumstances import genotypes
from qa.steps.facts import Facts, Template
from qa.steps.genotypes import advice
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages

_GENETIC = re.compile(
    r"\bmetaboli[sz]ers?\b|\bgenotyp\w*|\ballel\w*|\bdiplotyp\w*|\bpharmacogen\w*|\bcarr(?:y|ies|ier|iers|ying)\b|"
    r"\bpositive\b|\bnegative\b|\bvariants?\b|\bdeficien\w+|\b(?:poor|decreased|normal) function\b|\bCPIC\b|"
    r"\bDPWG\b|\*\d|\brs\d+|\bpresent\b|\bhomozyg\w+|\bheterozyg\w+|纯合|杂合|存在"
    r"|代谢者|代谢型|基因|阳性|阴性|携带|缺乏|突变",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return bool(drugs_asked(entities) and genotypes(text)) and _GENETIC.search(text) is not None


PLAN = Plan(
    intent="genotype",
    cue=_asks,
    steps=(advice, Facts(templates=(Template(("affects_response_to",), "object", ("Drug",)),))),
    passages=Passages(
        cue=re.compile(r"metaboli[sz]er|allele|genotype|carrier|代谢|基因|等位", re.IGNORECASE),
        search_words="pharmacogenetics",
        joins=True,
    ),
)
