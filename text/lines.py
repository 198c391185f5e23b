"""Where a line of a text is wrapped, and where it ends what it says.

In notes, mails and files of fixed width a sentence goes on over the end of its line; in lists, forms and headings each
line stands for itself. Nothing marks the difference, so it is told from both sides of the line feed: what the line
above cannot end with, what the line below cannot begin with, and whether the next word would have found room.
"""

from __future__ import annotations

import re
from itertools import pairwise

_MARKED = re.compile(
    r"[ \t]*(?:[-*+•·▪◦‣–—>#|☐☑☒□■✓✔✗✘√×]|\(?[0-9]{1,2}[.)、)](?![0-9])|\(?[a-zA-Z][.)](?= )|"
    r"[(（\[] ?[-+xXvV√✓×—–]? ?[)）\]]|[①-⑳]|"
    r"[（(][0-9一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)"
)
_LABELLED = re.compile(r"[ \t]*[^\W\d_][^:：\n.,;。，；、]{0,40}[:：](?!\d)")
_HEADING = re.compile(r"[ \t]*[A-Z][A-Z /&'()-]++[ \t]*+$")
_ENDED = re.compile(r"[.!?:;。！？：；|][\"'”’)\]」』）》]*[ \t]*$")
# What cannot be the last word of what a line says, and what cannot be the first.
_OPEN = re.compile(
    r"(?:[,，、/&]|[^\W\d_]-|(?:^|[\s(])(?:an?|the|of|or|and|nor|and/or|with|without|no|not|for|to|in|on|at|by|"
    r"from|as|than|that|which|who|"
    r"whose|but|if|when|while|because|is|are|was|were|be|been|being|has|have|had|does|did|do|can|could|may|might|"
    r"will|would|"
    r"should|any|his|her|their|its|my|our|your|this|these|those|some|both|either|neither|denies|denied|denying|"
    r"deny|reports?|reported|"
    r"showed|shows|revealed|reveals|demonstrated|suggests|suggested|includes?|including|negative for|"
    r"positive for|dr|mr|mrs|ms|"
    r"versus|vs|per|into|after|before|during|over|under|between|due|never|also|very|more|less|most)\.?|"
    r"(?:无明显|未见明显|明显|任何|未见|未发现|未触及|未闻及|未及|未出现|未检出|否认|无|没有|没|有|及|和|或|与|以及|并|且|伴|患|患有|的|是|为|示|提示|考虑|可能|疑似|"
    r"因|由于|至|在|行|予|给予))[ \t]*$",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"[ \t]*(?:[,，、;)）\]]|(?:and|or|nor|but|with|without|of|in|on|for|to|by|from|as|than|that|which|who|whose|"
    r"was|were|is|are|has|have|had|"
    r"not|ruled out|excluded|can|could|cannot|may|might|will|would|should|does|did|due to|at|after|before|"
    r"because|although|when|"
    r"while|since|until|unless|if|including|such as)\b|"
    r"(?:已排除|被排除|可排除|已除外|不能排除|待排|阴性|阳性|均|等|及|和|或|与|以及|并|且|但|而|的|后|时|为|病史|家族史|史))"
)
# "fever no", "发热 无", "cough +": a line of a form.
_ANSWERED = re.compile(
    r"^[^,，.。]{1,40}[\s:：=—–-](?:no|yes|none|[ny]|neg|pos|无|有|否|是)[ \t]*$|"
    r"[+＋−－-][ \t]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_NARROWEST = 40
"""Characters of a line that may be full; shorter ones are entries."""
_JUSTIFIED = 60
"""Characters from which lines of nearly one length are those of a paragraph, whatever the next begins with."""
_NARROWEST_CHINESE = 14


def wrapped(text: str) -> list[int]:
    """The places of those line feeds of `text` over which a sentence goes on, in order."""
    if "\n" not in text:
        return []
    places = []
    for first, lines in _blocks(text):
        width = max(len(line) for line in lines)
        justified = width >= _JUSTIFIED and all(len(line.rstrip()) >= 0.8 * width for line in lines[:-1])
        at = first
        for above, below in pairwise(lines):
            at += len(above) + 1
            if _goes_on(above, below, width, justified=justified):
                places.append(at - 1)
    return places


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """The lines between blank ones, and where the first of them begins."""
    blocks: list[tuple[int, list[str]]] = []
    at = 0
    open_block = False
    for line in text.split("\n"):
        if line.strip():
            if not open_block:
                blocks.append((at, []))
            blocks[-1][1].append(line)
        open_block = bool(line.strip())
        at += len(line) + 1
    return blocks


def _goes_on(above: str, below: str, width: int, *, justified: bool) -> bool:
    if _ends(above, below):
        return False
    if _OPEN.search(above):
        return True
    first = below.lstrip()[:1]
    chinese = _CJK.match(first) or _CJK.match(above.rstrip()[-1:])
    if (chinese or first.islower()) and _LEADS_ON.match(below):
        return True
    if chinese:
        return width >= _NARROWEST_CHINESE and width - 1 <= len(above.rstrip()) and not _LABELLED.match(above)
    word = _WORD.search(below)
    full = word is not None and len(above.rstrip()) + 1 + len(word.group()) > width
    return full and len(above) >= _NARROWEST and (first.islower() or justified)


def _ends(above: str, below: str) -> bool:
    """Whether either line cannot be part of a sentence with the other: an entry of a list or a form, a heading."""
    if _MARKED.match(below) or _ENDED.search(above) or _HEADING.match(above):
        return True
    if _ANSWERED.search(above) and (_LABELLED.match(above) or _ANSWERED.search(below.rstrip(" ."))):
        return True
    goes_on = below.lstrip()[:1].islower() and _OPEN.search(above)
    return _LABELLED.match(below) is not None and not goes_on
