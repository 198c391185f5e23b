"""Whether a sentence forbids a drug in a state, wants caution, or allows it: readers take one for another."""

from __future__ import annotations

import re

from ingest.model import Mention

FORBIDDING = frozenset(("contraindicated_in", "cautioned_in"))
_FORBIDS = re.compile(
    r"\bcontra-?indicat\w*|\bmust ?n[o'’]t\b|\b(?:do|does|should|may|can|shall|will)(?: ?not|n['’]t)\b|\bcannot\b"
    r"|\bnever\b|\bavoid\w*|\bnot (?:be )?(?:safe|used|given|taken|recommended|advised|suitable)\b|\bunsafe\b"
    r"|\bstop\w*|\bforbid\w*|\badvis\w+ against\b|\brefrain\b|\bexclu\w+"
    r"|禁|忌|不得|不应|不宜|不可|不能|不要|不建议|不推荐|避免|停用|勿",
    re.IGNORECASE,
)
_CAUTIONS = re.compile(
    r"\bcaution\w*|\bcareful\w*|\b(?:talk to|tell|ask|consult) your (?:doctor|pharmacist|physician)|\breduced? dos\w+"
    r"|(?<!no )\bdos\w+ (?:should be |must be )?(?:reduc|adjust)\w+|\bclose(?:ly)? monitor\w*|慎用|谨慎|减量|注意",
    re.IGNORECASE,
)
_ALLOWS = re.compile(
    r"\bsafe(?:ly)?\b|\b(?:may|can) (?:be )?(?:used|taken|given|continued)\b"
    r"|\b(?:is|are|remains?) (?:generally )?(?:the )?(?:preferred|recommended|drugs? of choice|compatible)\b"
    r"|\bno dos\w+ adjustment\b|安全|可以?(?:使用|服用|应用|用于)|首选|无需(?:调整|减)",
    re.IGNORECASE,
)
_TO_BE_TAKEN = re.compile(
    r"(?<!不)(?:应|需|须|宜|可|建议|推荐|予)(?:及时|尽早|常规|适当|长期|口服|规律|要)?"
    r"(?:补充|服用|使用|给予|口服|应用|选用|加用)$"
    r"|\bshould (?:always |also )?(?:take|receive|be given|be treated with|start) (?:an? |oral |daily )?$",
    re.IGNORECASE,
)


def permitted(text: str, start: int, end: int, subject: Mention) -> bool:
    """Whether the evidence `text[start:end]` lets people with something have the drug, and forbids nothing of it."""
    if _TO_BE_TAKEN.search(text[max(start, subject.start - 30) : subject.start]):
        return True
    allows = _ALLOWS.search(text, start, end) is not None
    return allows and _FORBIDS.search(text, start, end) is None and _CAUTIONS.search(text, start, end) is None


def only_cautioned(text: str, start: int, end: int) -> bool:
    """Whether the evidence asks for caution and forbids nothing."""
    return _CAUTIONS.search(text, start, end) is not None and _FORBIDS.search(text, start, end) is None
