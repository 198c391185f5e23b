"""What a diagnostic question asks beside the case: one of a group of diseases, which of several that it names, what to
find out next, or what must not be missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.asked.families import families_in
from qa.model import AskedEntity

_GROUP = re.compile(
    r"\b(?:which|what)\s+(?:(?:type|kind|form|variant|subtype)s?\s+of\s+)?(?:an?\s+|the\s+)?$"
    r"|哪(?:一?[种类型个]|些)?(?:类型的)?$|什么(?:类型的)?$",
    re.IGNORECASE,
)
_GROUP_AFTER = re.compile(r"^的?(?:哪(?:一?[种类型个])|何种|什么类型)")
_WEIGHED = re.compile(
    r"\b(?:more likely|likelier|could (?:it|this|that|he|she|they|i) (?:be|have)|might (?:it|this|that) be|"
    r"(?:is|was) (?:it|this|that)|(?:do|does|did) (?:i|he|she|they|it|this|that|my \w+) have|suggests?|indicates?|"
    r"point(?:s|ing)? to|due to|rule out|excluded?|distinguish|differentiate|tell|consistent with|compatible with|"
    r"fits?|rather|why (?:\w+(?:['’]t)? ){0,2}not|why (?:is|was|can|could|would)n?['’]t (?:it|this|that|he|she))\b"
    r"(?P<named>[^.;:?!]*)"
    r"|(?P<either>[^.;:,?!]*\b(?:or|vs\.?|versus)\b[^.;:?!]*)"
    r"|(?:是不是|会不会是|会是|可能是|是否[是为]?|更?像是?|更?可能是|考虑|排除|符合|区分|鉴别|为[什何]么?不[是像]?)(?P<zh>[^。；;：:？?]*)"
    r"|(?P<zhor>[^。；;，,：:]*还是[^。；;，,？?：:]*)",
    re.IGNORECASE,
)
_CASE_BEGINS = re.compile(r"\b(?:in|with|given|if|when|because|who|whose|for|of)\b|[,，：:]|患者|病人", re.IGNORECASE)
_HAS = re.compile(r"\b(?:has|have|had|having|causes?|presents?|shows?)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:what|which)\b[^?.]*\b(?:ask|asked|question|questions|check|checked|examine|test|tests|find out|do)\b[^?.]*"
    r"\bnext\b|\bnext (?:question|step|test)s?\b|\bwhat (?:else )?(?:should|to|must|can) (?:i|we|be)?\s*(?:ask|asked)\b"
    r"|\b(?:what|which) tests?\b|接下来|下一步|还(?:应|该|要|需)?(?:该|要)?(?:问|查|检查)"
    r"|(?:应|该|要|需要?)(?:该)?问(?:什么|哪些)",
    re.IGNORECASE,
)
_ASKS_NEXT = re.compile(
    r"(?:\band )?\b(?:what|which)\b(?:(?!\b(?:what|which)\b)[^?.,;:])*\bnext\b"
    r"|(?:\band )?\b(?:what (?:else )?(?:should|to|must|can) (?:i|we|be)?\s*(?:ask|asked)|(?:what|which) tests?)\b"
    r"|(?:接下来|下一步|还(?:应|该|要|需)?(?:该|要)?(?=[问查检])|(?:应|该|要|需要?)(?:该)?(?=问[什哪]))[^，。；？,?]*",
    re.IGNORECASE,
)
"""The words that ask what is next, without the case beside them."""
_MARK = re.compile(r"\?(?=\s|$)|？")
"""What ends a question; after a finding of a case it would make that doubtful."""
_STATE_ASKED = re.compile(
    r"\b(?:be |is (?:she|it) |am i )?pregnant(?=\W*\?)|是?不?是?怀孕了?(?=吗|没有|[\s]*[?？])|是否(?:已经?)?怀孕",
    re.IGNORECASE,
)
"""Where being pregnant is what is asked, and not told."""
_TESTS = re.compile(r"\b(?:tests?|investigations?|labs?|imaging|scans?)\b|检查|化验|检验|检测", re.IGNORECASE)
_MISSED = re.compile(
    r"\bmust ?n[o']t (?:be )?miss|\bmust not (?:be )?miss|\bshould ?n[o']t (?:be )?miss|\bnot to (?:be )?miss|"
    r"\bred flags?\b|\bdangerous\b|\blife[- ]threatening\b|\bcan'?t[- ]miss\b|\bworst\b|\bserious (?:cause|disease)|"
    r"漏诊|不能[错遗]?漏|不可[错遗]?漏|危险(?:的)?(?:疾?病|原因)|危及生命|警惕|致命",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`group` is the name of the group of which a member is asked for, `weighed` the names of diseases that are asked
    about; their ids by name are those of the question's entities."""

    group: str = ""
    weighed: tuple[str, ...] = ()
    next: bool = False
    missed: bool = False
    tests: bool = False
    """Whether it is a test that is asked for next."""

    @property
    def diseases(self) -> tuple[str, ...]:
        """All names that are asked about and are no findings of the case."""
        return (self.group, *self.weighed) if self.group else self.weighed


def diagnostic(text: str, entities: Sequence[AskedEntity]) -> Diagnostic:
    """What `text`, which names `entities`, asks for."""
    diseases = list(dict.fromkeys(e.surface for e in entities if e.type == "Disease"))
    findings = {e.surface for e in entities if e.type == "Phenotype"}
    group = next((name for name in (*families_in(text), *diseases) if _is_group(text, name)), "")
    weighed = [
        name
        for name in diseases
        if name not in group
        and any(name in one.words and (one.clear or name not in findings) for one in _stretches(text))
    ]
    return Diagnostic(
        group=group,
        weighed=tuple(weighed),
        next=_NEXT.search(text) is not None,
        missed=_MISSED.search(text) is not None,
        tests=any(_TESTS.search(match[0]) for match in _ASKS_NEXT.finditer(text)),
    )


def case_in(text: str, sought: Diagnostic) -> str:
    """What `text` tells of the case: without the words that ask, which make nothing doubtful, and without the names
    that are asked about, which are no findings."""
    asking = [(one.start, one.end) for one in _stretches(text) if any(name in one.words for name in sought.weighed)]
    asking += [match.span() for match in _ASKS_NEXT.finditer(text)] if sought.next else []
    asking += [match.span() for match in _STATE_ASKED.finditer(text)]
    for start, end in sorted(asking, reverse=True):
        text = f"{text[:start]}…{' ' * text[end : end + 1].isalnum()}{text[end:]}"
    for name in sorted(sought.diseases, key=len, reverse=True):
        text = re.sub(re.escape(name), "…", text, flags=re.IGNORECASE)
    return _MARK.sub(".", text)


def asks_what(text: str) -> bool:
    """Whether what to find out next, or what must not be missed, is asked."""
    return _NEXT.search(text) is not None or _MISSED.search(text) is not None


def _is_group(text: str, name: str) -> bool:
    at = text.find(name)
    return _GROUP.search(text[:at]) is not None or _GROUP_AFTER.search(text[at + len(name) :]) is not None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a text asks, `text[start:end]`, with the `words` in which it names what about; `clear` where these can be
    no findings: `fever or cough` asks about no disease."""

    start: int
    end: int
    words: str
    clear: bool


def _stretches(text: str) -> Iterator[_Stretch]:
    """Where a text asks about diseases, each up to where the case begins."""
    for match in _WEIGHED.finditer(text):
        if match["either"]:
            start, end = _around_or(match["either"])
            # "Gout or psoriasis in a man with …?" names two diseases, whatever findings go by their names.
            clear = not start and end < len(match["either"]) and not _HAS.search(match["either"][:end])
            start, end = match.start() + start, match.start() + end
            yield _Stretch(start, end, text[start:end], clear=clear)
            continue
        group = next(name for name in ("named", "zh", "zhor") if match[name] is not None)
        begin = match.end(group) - len(match[group].lstrip(" ,，:："))
        end = begin + len(_CASE_BEGINS.split(text[begin : match.end(group)], maxsplit=1)[0])
        yield _Stretch(match.start(), end, text[begin:end], clear=True)


def _around_or(stretch: str) -> tuple[int, int]:
    """Where the words on both sides of an `or` begin and end, up to where the case begins on the right, and from where
    it ends on the left."""
    before, word, after = re.split(r"\b(or|vs\.?|versus)\b", stretch, maxsplit=1, flags=re.IGNORECASE)
    start = len(before) - len(_CASE_BEGINS.split(before)[-1])
    return start, len(before) + len(word) + len(_CASE_BEGINS.split(after, maxsplit=1)[0])
