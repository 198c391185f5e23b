"""Names of which a question says the common part once: `type 1 versus type 2 diabetes`, `甲型和乙型肝炎`."""

from __future__ import annotations

import re

_JOIN = r"(?:\s*(?:,|/|\band\b|\bor\b|\bversus\b|\bvs\.?|\bwith\b|\bfrom\b|\bto\b|\bcompared (?:with|to)\b)\s*)"
_SIGN = r"(?:\d{1,2}[A-Za-z]?|[IVX]{1,4}|[A-E])"
_KIND = rf"(?:type|stage|grade|class|group|phase)\s+{_SIGN}"
_AHEAD = re.compile(rf"\b({_KIND}){_JOIN}({_KIND})\s+((?:[A-Za-z'’-]+\s*){{1,4}})", re.IGNORECASE)
_BEHIND = re.compile(rf"((?:[A-Za-z'’-]+\s+){{1,4}})({_KIND}){_JOIN}({_KIND})(?!\s*[A-Za-z]*(?:itis|oma|osis)\b)", re.I)
_LETTER = re.compile(rf"\b([A-Za-z'’-]{{4,}})\s+({_SIGN}){_JOIN}({_SIGN})\b")
_CHINESE = re.compile(
    r"([1-9ⅠⅡⅢ一二三四甲乙丙丁戊ABCDE]型)(?:\s*(?:和|与|跟|及|、|同|对比|vs\.?)\s*)([1-9ⅠⅡⅢ一二三四甲乙丙丁戊ABCDE]型)"
    r"([\u4e00-\u9fff]{1,10})"
)
_CUT = re.compile(r"(?:的|有|是|在|哪|什么|之间|区别|比较|差异|不同).*$")


def elided(text: str) -> list[tuple[str, ...]]:
    """Pairs of full names that may be meant, as spelt out, each with the shorter ones behind: the longest that is
    known is the one."""
    pairs: list[tuple[str, ...]] = []
    for match in _AHEAD.finditer(text):
        words = match[3].split()
        for end in range(len(words), 0, -1):
            rest = " ".join(words[:end])
            pairs.append((f"{match[1]} {rest}", f"{match[2]} {rest}"))
    for match in _BEHIND.finditer(text):
        words = match[1].split()
        for first in range(len(words)):
            rest = " ".join(words[first:])
            pairs.append((f"{rest} {match[2]}", f"{rest} {match[3]}"))
    pairs += [(f"{match[1]} {match[2]}", f"{match[1]} {match[3]}") for match in _LETTER.finditer(text)]
    for match in _CHINESE.finditer(text):
        rest = _CUT.sub("", match[3])
        pairs += [(match[1] + rest[:end], match[2] + rest[:end]) for end in range(len(rest), 0, -1)]
    return pairs
