"""A finding that a Chinese text tells as the change of a measured thing: 血钾降低 is hypokalaemia, no test.

What a treatment is for (血糖, 血压, 血脂, 尿酸 that fall) is no finding, and none is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from ingest.model import Mention

_MEASURED = frozenset(("Measurement", "Procedure", "Concept", "Anatomy"))
_DIRECTION = re.compile(
    r"(?:浓度|水平|含量|计数|数)?(?:明显|显著|轻度|一过性|可逆性|短暂)?(?:(升高|增高|升|增多|增加)|(降低|下降|减低|减少))"
)
_HIGH = MappingProxyType({
    "血钾": "高钾血症", "血钠": "高钠血症", "血钙": "高钙血症", "血镁": "高镁血症", "血磷": "高磷血症",
    "血糖": "高血糖", "尿酸": "高尿酸血症", "血脂": "高脂血症", "胆固醇": "高胆固醇血症", "甘油三酯": "高甘油三酯血症",
    "胆红素": "高胆红素血症", "血氨": "高氨血症", "乳酸": "高乳酸血症", "泌乳素": "高催乳素血症",
    "催乳素": "高催乳素血症", "嗜酸性粒细胞": "嗜酸性粒细胞增多", "嗜酸粒细胞": "嗜酸性粒细胞增多",
})  # fmt: skip
_LOW = MappingProxyType({
    "血钾": "低钾血症", "血钠": "低钠血症", "血钙": "低钙血症", "血镁": "低镁血症", "血磷": "低磷血症",
    "白细胞": "白细胞减少", "血小板": "血小板减少", "中性粒细胞": "中性粒细胞减少", "粒细胞": "粒细胞减少",
    "淋巴细胞": "淋巴细胞减少", "白蛋白": "低白蛋白血症", "尿量": "少尿", "食欲": "食欲减退", "肺功能": "肺功能异常",
})  # fmt: skip
_SAME = MappingProxyType({"增高": "升高", "升": "升高", "增加": "升高", "增多": "升高"})
_RISING = frozenset(
    (
        "转氨酶",
        "谷丙转氨酶",
        "谷草转氨酶",
        "丙氨酸氨基转移酶",
        "肌酐",
        "肌酸激酶",
        "碱性磷酸酶",
        "眼压",
        "颅内压",
        "血压",
    )
)
"""What is a finding under its own name where it rises."""
_BLOOD = re.compile(r"^(?:血清|血浆|血中|血液|外周血|血)(?=.{2})")

Named = Callable[[str, str], tuple[str, str, str] | None]
"""The entity of a name that may be of a type, its own type and the reason."""


def changed(text: str, mentions: Sequence[Mention], named: Named) -> list[Mention]:
    """`mentions`, in order, where the change of a measured thing is the finding that it is, if one is known."""
    out: list[Mention] = []
    for mention in mentions:
        direction = _DIRECTION.match(text, mention.end) if mention.type in _MEASURED else None
        meant = direction and _finding(mention.surface, direction, named)
        if direction and meant:
            end = direction.end()
            reason = f"{meant[2]}, for {text[mention.start : end]!r}"
            finding = replace(mention, end=end, surface=text[mention.start : end], entity=meant[0], type=meant[1])
            mention = replace(finding, reason=reason, label="")
        if not out or out[-1].end <= mention.start or (out[-1].start, out[-1].end) == (mention.start, mention.end):
            out.append(mention)
    return out


def _finding(surface: str, direction: re.Match[str], named: Named) -> tuple[str, str, str] | None:
    table, way = (_HIGH, direction[1]) if direction[1] else (_LOW, direction[2])
    bare = _BLOOD.sub("", surface)
    for thing in (surface, bare, f"血{bare}"):
        if (name := table.get(thing)) and (meant := named(name, "Phenotype")):
            return meant
        if thing in _RISING and direction[1] and (meant := named(thing + _SAME.get(way, way), "Phenotype")):
            return meant
    return None
