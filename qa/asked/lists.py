"""Lists that share a part of the name: "type 1 versus type 2 diabetes" names two diseases, each by half.

Each is written out where the graph has both names: "type 1 diabetes versus type 2 diabetes", "1型糖尿病和2型糖尿病".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from text.names import is_chinese, normalise

Held = Callable[[Collection[str]], Collection[str] | Mapping[str, object]]
"""Which of these normalised names the graph has."""

_SIGN = r"(?:\d{1,2}[a-z]?|[IVX]{1,4}|[A-HPX]|one|two|three|four)"
_JOIN = r"(?:\s*(?:,|/|&)\s*|\s+(?:and|or|vs\.?|versus|from|with|to|than|compared (?:with|to))\s+(?:the\s+)?)"
_KIND = r"(?:type|stage|grade|class|group|subtype|factor)s?"
_ENGLISH = re.compile(
    rf"(?P<head>(?:(?!{_KIND}\b)[\w'’-]+\s+){{0,3}})(?P<kind>{_KIND}\s+)?(?P<first>{_SIGN})(?P<join>{_JOIN})"
    rf"(?:(?P<again>{_KIND})\s+)?(?P<second>{_SIGN})\b(?P<tail>(?:\s+(?!and\b|or\b|vs\b)[\w'’-]+){{0,4}})",
    re.IGNORECASE,
)
_HAN = r"[\u4e00-\u9fff]"
_NUMBER = r"(?:\d{1,2}|[ⅠⅡⅢⅣIVX]{1,3}|[一二三四五甲乙丙丁戊AB])"
_BETWEEN = r"(?:和|与|跟|及|、|或|还是|/|vs\.?|同|比)"
_BEFORE = re.compile(
    rf"(?P<first>{_NUMBER}(?P<kind>[型期级度]))(?P<join>{_BETWEEN})(?P<second>{_NUMBER}[型期级度])(?P<tail>{_HAN}{{2,8}})"
)
_BEHIND = re.compile(
    rf"(?P<head>{_HAN}{{2,8}}?)(?P<first>{_NUMBER}[型期级度])(?P<join>{_BETWEEN})(?P<second>{_NUMBER}[型期级度])"
)
_BARE = re.compile(rf"(?P<first>{_NUMBER})(?P<join>{_BETWEEN}|)(?P<second>{_NUMBER})(?P<tail>[型期级度]{_HAN}{{2,8}})")


def written_out(text: str, held: Held) -> str:
    """`text` with each list of names that share a part written out, where the graph has each of the names. Raises what
    `held` raises."""
    ways = list(_chinese(text) if is_chinese(text) else _latin(text))
    if not ways:
        return text
    has = held({normalise(name) for _, _, names, _ in ways for name in names})
    for start, end, names, instead in ways:
        if all(normalise(name) in has for name in names):
            return text[:start] + instead + text[end:]
    return text


def _latin(text: str) -> Iterator[tuple[int, int, tuple[str, str], str]]:
    """Ways to write out a list: where it stands, its two names, and what to write; the longest names first."""
    for match in _ENGLISH.finditer(text):
        kind, first, second = match["kind"] or "", match["first"], match["second"]
        if not kind and not first.isupper() and not first[0].isdigit():
            continue
        tail, head = match["tail"].split(), match["head"].split()
        kind = re.sub(r"s(?=\s*$)", "", kind)
        for long in range(len(tail), 0, -1):
            shared = " ".join(tail[:long])
            names = (f"{kind}{first} {shared}", f"{kind}{second} {shared}")
            end = _end(text, match.start("tail"), long)
            yield match.start("kind") if kind else match.start("first"), end, names, match["join"].join(names)
        for long in range(len(head), 0, -1):
            shared = " ".join(head[-long:])
            names = (f"{shared} {kind}{first}", f"{shared} {kind}{second}")
            start = match.end("head") - len(_last(match["head"], long))
            yield start, match.end("second"), names, match["join"].join(names)


def _chinese(text: str) -> Iterator[tuple[int, int, tuple[str, str], str]]:
    for pattern in (_BEFORE, _BARE):
        for match in pattern.finditer(text):
            for long in range(len(match["tail"]), 1, -1):
                shared = match["tail"][:long]
                names = (match["first"] + shared, match["second"] + shared)
                yield match.start(), match.start("tail") + long, names, (match["join"] or "和").join(names)
    for match in _BEHIND.finditer(text):
        for long in range(len(match["head"]), 1, -1):
            shared = match["head"][-long:]
            names = (shared + match["first"], shared + match["second"])
            yield match.end("head") - long, match.end(), names, match["join"].join(names)


def _end(text: str, start: int, words: int) -> int:
    """Where so many words behind `start` end."""
    found = re.compile(rf"(?:\s+[\w'’-]+){{{words}}}").match(text, start)
    return found.end() if found else start


def _last(text: str, words: int) -> str:
    """The last so many words of a text, as written, with what stands behind them."""
    found = re.search(rf"(?:[\w'’-]+\s+){{{words}}}$", text)
    return found[0] if found else ""
