"""What a Chinese question joins to a drug by "and" that nothing in the graph is called: a name, misspelt or unknown.

English words that are left over are read by the models; Chinese has no blanks to tell a name from other words, so only
what stands between the ends of a clause, a joining word and the name of a drug is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.names import Span
from text.names import is_chinese

_JOIN = "和与跟同及加、"
_BEFORE = re.compile(
    rf"(?:^|[，。；：、？！\s]|吃了?|服用?|用|在|把|将|请问|查|检)([\u4e00-\u9fff]{{2,8}})[{_JOIN}]\s*$"
)
_AFTER = re.compile(
    rf"^\s*[{_JOIN}]([\u4e00-\u9fff]{{2,8}}?)(?=能|可|有|会|一起|同时|合用|联用|同服|是否|的|要|应|怎|如何|行|安全|冲突|[，。；：、？！\s]|$)"
)
_BOTH = re.compile(
    rf"(?:^|[，。；：、？！\s]|吃了?|服用?|请问)([\u4e00-\u9fff]{{2,8}}?)[{_JOIN}]([\u4e00-\u9fff]{{2,8}}?)"
    r"(?:能|可以|可否|可不可以)[^。？]{0,4}(?:一起|同时|合用|联用|同服|一块)"
)
NO_NAME = re.compile(
    r"什么|哪|怎|如何|药|患者|病人|一起|同时|其他|别的|^[它他她]|[它他她]们|这|那|食物|饭|水|治疗|使用|服用|副作用|作用|"
    r"剂量|检查|监测|年|月|岁|类"
)
"""What stands in no name of a drug."""


def strange_partners(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The names, as written, that stand joined to a drug of `spans` and are none of them."""
    if not is_chinese(text):
        return ()
    strange: dict[str, None] = {}
    both = _BOTH.search(text)
    if both is not None and not any(span.start < both.end(2) and both.start(1) < span.end for span in spans):
        # What is asked about together is something that is taken, though nothing bears either name.
        strange.update(dict.fromkeys(name for name in both.groups() if NO_NAME.search(name) is None))
    for span in spans:
        if not any(entity.type == "Drug" for entity in span.entities):
            continue
        before, after = _BEFORE.search(text[: span.start]), _AFTER.match(text[span.end :])
        places = [(before.start(1), before[1])] if before else []
        places += [(span.end + after.start(1), after[1])] if after else []
        for start, name in places:
            end = start + len(name)
            free = all(end <= other.start or other.end <= start for other in spans)
            if free and NO_NAME.search(name) is None:
                strange[name] = None
    return tuple(strange)
