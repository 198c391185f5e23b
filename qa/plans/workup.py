"""Which test confirms a disease, and which examinations are made."""

from __future__ import annotations

import re

from qa.asked.rules import worded
from qa.plans.plan import Plan
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.passages import Passages
from qa.steps.reversing import examined

_ASKS = re.compile(
    r"\b(?:what|which|any) (?:\w+ ){0,3}?(?:tests?|examinations?|investigations?|scans?|work-?up|imaging|"
    r"biops\w+|labs?)\b|\bwork-?up\b|"
    r"\b(?:how|way|ways|best|used) (?:\w+ ){0,4}?(?:diagnos\w+|confirm\w*|detect\w*|test(?:ed)? for|"
    r"screen\w*)\b|\b(?:tests?|criteria) (?:to|for) (?:confirm|diagnos)\w*|"
    r"\bconfirm(?:s|ing|atory)? (?:the )?(?:test|diagnosis)|\bdiagnostic (?:test|criteria|work)|"
    r"(?:做|查|需要|要|还要)(?:些|哪些|什么)(?:检查|化验|检验)|(?:哪些|什么|哪种|哪项)(?:检查|化验|检验|指标)|"
    r"(?:如何|怎么|怎样)(?:诊断|确诊|检查|检测|筛查)|(?:诊断|确诊)(?:标准|依据|要|需|靠|用)|查什么|还要查|取样",
    re.IGNORECASE,
)

PLAN = Plan(
    intent="workup",
    cue=worded(_ASKS),
    steps=(
        examined,
        Facts(templates=(Template(("diagnoses",), "object", FINDINGS),)),
    ),
    passages=Passages(search_words="diagnosis test"),
    texts="beside",
)
