"""The step that says how often a finding is seen in a disease, where both are named and a share is asked for."""

from __future__ import annotations

import re

from qa.evidence.bundle import Part
from qa.evidence.frequency import tells
from qa.evidence.interacting import names
from qa.evidence.kinds import ToldEvidence
from qa.evidence.qualifying import how_often
from qa.evidence.typed import Typed
from qa.steps.asking import Asking
from qa.steps.named import evidence, public
from qa.ways.known import WAYS
from qa.ways.reach import reach
from qa.ways.things import things

_SHARE = re.compile(
    r"\b(?:what|which) (?:proportion|percentage|percent|share|fraction)\b|"
    r"\bhow (?:often|common(?:ly)?|frequent(?:ly)?|many (?:people|patients))\b|\bfrequency of\b"
    r"|比例|百分之|百分比|多常见|有多少(?:人|患者|病人)|发生率|出现率|频率",
    re.IGNORECASE,
)


def shares(asking: Asking) -> Part:
    """How often, by the best source that says it; nothing where no source does or nothing of the kind is asked."""
    text = asking.question.text
    if asking.patient or not _SHARE.search(text):
        return Part()
    named = things(text, asking.understanding.entities)
    if len(named) != 2:
        return Part()
    way = WAYS["findings"]
    for one, other in (named, named[::-1]):
        diseases = [e.id for e in one.entities if e.type == "Disease"]
        ids = [e.id for e in other.entities]
        found = reach(public(asking.view.graph), way, diseases, among=ids, records=asking.records)
        for member in found.members:
            rows = [row for row in member.rows if tells(row)]
            if not rows:
                continue
            value = dict(rows[0].qualifiers)["frequency"]
            finding = names(member.entity)
            disease = names(asking.entities[diseases[0]])
            link = evidence(asking.records, rows[:1])
            title = f"{link[0].title or link[0].source} {link[0].version}".strip()
            english = f"{finding.of('en')} in {disease.of('en')}: {how_often(value, chinese=False)} (source: {title})"
            chinese = f"{disease.of('zh')}中{finding.of('zh')}：{how_often(value, chinese=True)}（来源：{title}）"
            said = how_often(value, chinese=False)
            return Part(
                (ToldEvidence("", link, (english, chinese)),), typed=Typed("value", value=said), closes=True
            )  # fmt: skip
    return Part()
