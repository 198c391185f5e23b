"""The questions of which a text asks several at once, each with the names that the first of them carries over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.model import AskedEntity
from text.names import is_chinese

MOST = 6
"""So many questions of one text are answered; the rest are named."""
_SUBJECT = (
    r"(?:it|he|she|they|i|you|we|one|there|this|that|these|those|the|a|an|any|my|your|his|her|their|its|people|"
    r"patients|somebody|someone|children|women|men|\w+ing)\b"
)
_ASKS = (
    r"(?:(?:what|who|whom|whose|when|where|why|how)\b|which\b(?! (?:is|are|was|were|has|have|can|may|do|does)\b)|"
    rf"(?:is|are|was|were|do|does|did|can|could|may|might|should|shall|will|would|has|have)(?:n't)? {_SUBJECT})"
)
_BETWEEN = re.compile(
    rf"(?<=[?;])\s*(?:(?:and|also|but|then)\b,?\s*)?|\s*,\s*(?:and |also |but |or )?(?={_ASKS})|"
    rf"\s+and (?:also )?(?={_ASKS})",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    rf"^\W*(?:(?:and|also|but|so|then)\b,?\s*)?(?:{_ASKS}|(?:is|are|was|were|do|does|did|can|could|may|might|should|"
    r"will|would|has|have)\b)|\w\W+\w.*\?$",
    re.IGNORECASE,
)
_BETWEEN_ZH = re.compile(r"(?<=[？?；;])|[，,](?:还有|另外|以及|并且|那|和)?|。")
_QUESTION_ZH = re.compile(
    r"吗|呢[？?]?$|什么|哪|怎么|怎样|如何|多少|多久|多大|几|为何|为啥|啥|是否|能不能|会不会|有没有|要不要|可不可以|"
    r"(?:是|会|能)不(?:是|会|能)|[？?]$"
)
_THING = re.compile(r"\b(?:it|this|that|they|them)\b(?! (?:is|was|are|were) \w+ that)", re.IGNORECASE)
_OF_IT = re.compile(r"\bits\b|\btheir\b", re.IGNORECASE)
_KINDS = ("Disease", "Phenotype", "Drug", "Gene")


def parts_of(text: str) -> tuple[str, ...]:
    """The questions of a text, in its words; the text itself where it asks one, or tells more than it asks."""
    chinese = is_chinese(text)
    between, asks = (_BETWEEN_ZH, _QUESTION_ZH) if chinese else (_BETWEEN, _QUESTION)
    cuts = [0, *(match.end() for match in between.finditer(text)), len(text)]
    pieces = [piece for start, end in pairwise(cuts) if (piece := text[start:end].strip(" ,，;；。"))]
    parts = [re.sub(r"(?:\s|,)+(?:and|also|but|or)$", "", piece) for piece in pieces]
    if len(parts) < 2 or not all(asks.search(part) for part in parts):
        return (text,)
    return tuple(parts)


def carried(part: str, own: Sequence[AskedEntity], first: Sequence[AskedEntity]) -> str:
    """A later part with what the first names, where it names nothing of that kind itself."""
    main = next((one for one in first if one.type in _KINDS), None)
    if main is None or _alike(main, own):
        return part
    if is_chinese(part):
        return f"{main.surface}{part}"
    if _OF_IT.search(part):
        return _OF_IT.sub(f"{main.surface}'s", part, count=1)
    if _THING.search(part):
        return _THING.sub(main.surface, part, count=1)
    return f"{part.rstrip('?. ')} with {main.surface}?"


def _alike(main: AskedEntity, own: Sequence[AskedEntity]) -> bool:
    findings = ("Disease", "Phenotype")
    kinds = findings if main.type in findings else (main.type,)
    return any(one.type in kinds for one in own)
