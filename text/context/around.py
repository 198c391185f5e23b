"""What the words around a mention say of it where no phrase of the lists can: numbers, durations, word order.

Each function looks at a bounded piece of the sentence, folded to small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from text.context.triggers import Trigger

_SHOULD = re.compile(r"(?:^|[,;] ?|\band )(?:should|were|had) (?:(?!be\b|not\b|have\b|receive\b)[\w-]+ ){0,3}$")
_OCCURS = re.compile(
    r"\s*(?:\w+ ){0,2}(?:occur|develop|appear|arise|worsen|recur|persist|become|return|continue|to |be )"
)
_WHEN = re.compile(r"\b(?:when|whenever|once|as soon as) (?:[\w-]+ ){0,2}$")
_WOULD = re.compile(
    r"\s*(?:\w+ )?(?:occurs|develops|appears|arises|worsens|recurs|persists|returns|is (?:suspected|seen|noted))\b"
)
_AUXILIARY = re.compile(
    r"(?:and |so |but |or |ok(?:ay)?,? |well,? )?(?:is|are|was|were|do|does|did|can|could|may|might|should|would|"
    r"will|has|have|had|what|which|who|how|why|when|where|whether|any)\b"
)
_NUMERAL = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some)"
_UNIT = r"(?:second|minute|hour|day|week|month|year|decade)s?"
_LASTS = re.compile(
    rf"\s*(?:since\b|(?:for|over) (?:the (?:past|last) |about |almost |over |at least )?(?:{_NUMERAL}\b|{_UNIT}\b)|"
    rf"x ?{_NUMERAL}\b|[1-4]\+|\+{{1,4}}(?:\W|$)|(?:on|by) (?:ct|mri|us|ultrasound|echo|x-?ray|cxr|spirometry|exam)\b)"
)
# "0/12 nodes positive for", "none of 12 nodes contained".
_NONE_OF = re.compile(
    r"(?<![\d/])(?:0|zero|none|no)(?: of (?:the )?|/| out of (?:the )?)(?:\d+|[a-z]+)\*? (?:[\w-]+ ){0,3}?"
    r"(?:(?:was|were|is|are) )?(?:positive for|involved (?:by|with)|contain\w*|show\w*|with|had|have)(?= )"
)
# What both of the patterns need, and most sentences lack: it is soon looked for.
_COUNTED = re.compile(r"(?:0|zero|none|no)(?: of |/| out of )")
_TIMES = ("19", "20", "year", "decades")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter|early|late|mid)"
)
_DATE = rf"(?:in|during|on|back in|around) (?:{_MONTH}\.? (?:of )?(?:\d{{1,2}},? )?)?(?:19|20)\d\d"
_AGO = (
    rf"(?:{_NUMERAL}|\w+) (?:years|decades) (?:ago|earlier|previously|before)|last year|(?:\w+ )?years (?:ago|earlier)"
)
# What a sentence that begins with a date tells of was then.
_THEN = re.compile(
    rf"(?:^|(?<=[.;:] )|(?<=, ))(?:{_DATE}|{_AGO})(?: ?[,:](?= )|,? (?:she|he|they|i|the patient|patient|pt) "
    r"(?:had|was|were|underwent|developed|suffered|sustained|experienced|got|received)\b)"
    r"(?: (?:seen|admitted|hospitali[sz]ed|treated|operated on|evaluated) (?:for|with)\b)?"
    rf"|\b(?:seen|admitted|hospitali[sz]ed|treated|operated on|evaluated) (?!on )(?:{_DATE}|{_AGO}) "
    r"(?:for|with|because of|due to)\b"
)
_DATED = re.compile(
    rf"\s*,? ?(?:{_DATE})(?! (?:to|through|-|and (?:is|remains) (?:still|on|being)))(?![\d-])|\s*\((?:19|20)\d\d\)"
)
_DATED_BEHIND = re.compile(r"\b(?:diagnos|since|detected|found|known|onset|began|start)")
_OF_THE_CASE = re.compile(
    r" (?:that )?(?:(?:it|this|that|he|she|there|what)'s|(?:(?:this|it|he|she|they|there|these|that|patient|pt|"
    r"(?:the|her|his|these|this|my|our) "
    r"(?:patient|symptoms?|rash|pain|picture|presentation|child|baby|lesion|swelling|attack|episode))\b,? ?)"
    r"(?:(?:really|actually|currently|truly|likely|probably|could|would|can|may|might) )?"
    r"(?:is|was|are|were|be|has|have|had|represents?|suggests?|indicates?|looks? like|fits?|meets? criteria for|"
    r"suffers? from)\b)"
    r"(?: (?:having|due to|caused by|likely|really|actually|got|a case of|consistent with|suffering from|any|an?|"
    r"the|in fact))*(?: [\w-]+){0,3} ?$"
)
_OWN = re.compile(
    r"(?:明显|明确|显著|任何|特殊|特别|严重|典型|剧烈|持续|异常|相关|其他|其它|类似|具体|确切|新发|上述|以上|性|样|质|重|大|多|急|慢)的$"
)
_ATTRIBUTIVE = frozenset(("无", "没有", "没", "不", "不伴", "不伴有", "未", "未见", "未出现"))


def spelled(text: str) -> Iterator[Trigger]:
    """The triggers of a sentence that hold a number: none of so many, and what was in a year that is past."""
    if _COUNTED.search(text):
        for match in _NONE_OF.finditer(text):
            yield Trigger(match.start(), match.end(), match.group(), frozenset({"neg>"}))
    if any(word in text for word in _TIMES):
        for match in _THEN.finditer(text):
            yield Trigger(match.start(), match.end(), match.group(), frozenset({"hist>"}))


def conditional(text: str, start: int, end: int) -> bool:
    """Whether the mention is what should not, or not yet, have happened: "should fever develop"."""
    if _SHOULD.search(text, max(0, start - 60), start) and _OCCURS.match(text, end):
        return True
    return bool(_WHEN.search(text, max(0, start - 60), start) and _WOULD.match(text, end))


def asks(text: str) -> bool:
    """Whether a sentence that ends with a question mark asks, and does not only wonder at its end."""
    return len(text) <= 400 and _AUXILIARY.match(text) is not None


def doubted(text: str, start: int, end: int, *, chinese: bool) -> bool:
    """A mention with a question mark, or one of two that are set against each other."""
    if text.endswith(("?", "？"), 0, start) and not text.endswith("??", 0, start):
        return True
    if text[end : end + 2].strip()[:1] in ("?", "？"):
        return True
    if not chinese and len(text) <= 60 and re.search(r"\b(?:versus|vs\.?)(?= )", text):
        return len(text.split()) <= 5
    return False


def lasts(text: str, end: int) -> bool:
    """Whether behind the mention stands for how long it has lasted, how strong it is, or where it was seen: it is
    there."""
    return _LASTS.match(text, end) is not None


def dated(text: str, start: int, end: int) -> bool:
    """Whether the year in which the mention was stands behind it, and no word that it began then."""
    return _DATED.match(text, end) is not None and not _DATED_BEHIND.search(text, max(0, start - 40), start)


def of_the_case(between: str) -> bool:
    """What an opinion is about: "I do not think (that) [this is] gout", not "that the drug for gout is too strong"."""
    return _OF_THE_CASE.match(between) is not None


def announced(between: str) -> bool:
    """Whether `between` announces the list that the mention is in: "of the following at any time: asthma, lupus"."""
    return "following" in between.partition(":")[0] and ":" in between and "." not in between


def attributive(phrase: str, between: str) -> bool:
    """Whether a Chinese denial belongs to an attribute of what is named: 没有发热的肺炎 is pneumonia without fever."""
    return phrase in _ATTRIBUTIVE and len(between) >= 3 and between.endswith("的") and not _OWN.search(between)


def outside(between: str) -> bool:
    """Whether `between` closes a bracket that it did not open: what was said in it does not reach out of it."""
    depth = 0
    for character in between:
        if character in "(（[":
            depth += 1
        elif character in ")）]":
            depth -= 1
            if depth < 0:
                return True
    return False


def clause_before(text: str, start: int) -> bool:
    """Whether words stand before the prepositional phrase that the mention is in."""
    return len(re.split("[,;:]", text[max(0, start - 120) : start])[-1].split()) > 1
