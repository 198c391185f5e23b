"""The genes of a disease, and the diseases of a gene."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.passages import Passages

_GENE = re.compile(
    r"\bgenes?\b|\bmutat(?:ions?|ed)\b|\bgenetic (?:cause|basis|defect)s?\b|\bcausative variants?\b|基因|突变|致病变异",
    re.IGNORECASE | re.ASCII,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    types = types_of(entities)
    return _GENE.search(text) is not None and "Drug" not in types and bool(types & {"Gene", "Disease"})


PLAN = Plan(
    intent="gene",
    cue=_asks,
    steps=(
        Facts(
            templates=(
                Template(("gene_associated_with", "causes"), "object", FINDINGS),
                Template(("gene_associated_with", "causes"), "subject", ("Gene", "Variant")),
            )
        ),
    ),
    passages=Passages(cue=re.compile(r"gene|mutation|variant|基因|突变", re.IGNORECASE), search_words="gene mutation"),
)
