"""Chinese names that are written with a character that sounds alike, or that lack one or have another.

One that only sounds alike is the commonest slip of an input method, and is read. What else differs in one character
is read of long names of diseases and findings only: drugs of one class differ in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import Entity
from graph.view import GraphView
from qa.asked.names import Span
from qa.asked.spellings import TYPES, Spellings, sound_alike
from text.names import normalise
from text.scripts import CJK, simplified

_RUN = re.compile(f"[{CJK}]+")
_LONGEST = 9
_LONG = 5
"""Characters of a name of which one may differ in another way than by sound."""
_GLUE = frozenset(
    "的了吗呢吧是有不能会和与跟及或吃用服怎么什哪如何请问我你他她它这那为被把让在对给可以要想去来说吗啥咋嘛没很又也都就"
)
"""Characters that a name is not missing or mistaking: they are words of the question around it."""
_EDGE = _GLUE | frozenset("治疗药症患病时后前常引导一两最片胶颗注丸")
"""Characters behind which a name ends."""
_SHOWN = 3

Read = tuple[tuple[str, str], ...]
Near = tuple[tuple[str, tuple[str, ...]], ...]


def respelt_chinese(text: str, spans: Sequence[Span], view: GraphView, spellings: Spellings) -> tuple[str, Read, Near]:
    """`text` with the names in it as they are written, those that were read so, and those that are kept with what is
    near to them. Raises what the graph raises."""
    found = _found(text, [(span.start, span.end) for span in spans], spellings)
    held = view.named({normalise(name) for _, _, names in found for name in names}) if found else {}
    read: dict[tuple[int, int], str] = {}
    near: dict[tuple[int, int], tuple[str, ...]] = {}
    for place, sounds, names in found:
        if any(start < place[1] and place[0] < end for start, end in (*read, *near)):
            continue
        meant = {name: kept for name in names if (kept := _borne(held.get(normalise(name), ())))}
        if not meant:
            continue
        name, kept = next(iter(meant.items()))
        alike = sounds or sound_alike(simplified(text[place[0] : place[1]]), name)
        if len({one[0].id for one in meant.values()}) == 1 and (alike or _is_long(name, kept[0])):
            read[place] = name
        else:
            near[place] = tuple(meant)[:_SHOWN]
    told = tuple((text[start:end], name) for (start, end), name in sorted(read.items()))
    kept_near = tuple((text[start:end], names) for (start, end), names in sorted(near.items()))
    for (start, end), name in sorted(read.items(), reverse=True):
        text = text[:start] + name + text[end:]
    return text, told, kept_near


def _found(
    text: str, places: Sequence[tuple[int, int]], spellings: Spellings
) -> list[tuple[tuple[int, int], bool, list[str]]]:
    """Where something stands that may be one of some names, those first that sound alike, of these the longest."""
    alike = [(place, True, _alike(text[slice(*place)], spellings)) for place in _windows(text, places, over=True)]
    other = [
        (place, False, _close(text[slice(*place)], spellings))
        for place in _windows(text, places, over=False)
        if place[1] - place[0] >= _LONG - 1
    ]
    found = [one for one in (*alike, *other) if one[2] and _apart(text, one[0], places)]
    return sorted(found, key=lambda one: (not one[1], one[0][0] - one[0][1], one[0]))


def _apart(text: str, place: tuple[int, int], places: Sequence[tuple[int, int]]) -> bool:
    """Whether what stands there is no part of a longer word: it ends where one ends, and what is short begins there."""
    start, end = place
    ends = {place[0] for place in places} | {len(text)}
    behind = end in ends or text[end] in _EDGE or not _RUN.match(text[end])
    begins = {place[1] for place in places} | {0}
    ahead = start in begins or text[start - 1] in _GLUE or not _RUN.match(text[start - 1])
    return behind and (ahead or end - start >= _LONG - 1)


def _is_long(name: str, entity: Entity) -> bool:
    """Whether it may be read though it does not sound alike."""
    return len(name) >= _LONG and entity.type != "Drug"


def _windows(text: str, places: Sequence[tuple[int, int]], *, over: bool) -> Iterator[tuple[int, int]]:
    """Stretches of characters that may be a name; `over` those, too, that hold a shorter name of `places` whole."""
    for run in _RUN.finditer(text):
        for start in range(run.start(), run.end()):
            for end in range(start + 3, min(start + _LONGEST, run.end()) + 1):
                touched = [place for place in places if place[0] < end and start < place[1]]
                inside = all(start <= one and other <= end and other - one < end - start for one, other in touched)
                if not touched or (over and inside):
                    yield start, end


def _alike(written: str, spellings: Spellings) -> list[str]:
    plain = simplified(written)
    most = 1 if len(written) < _LONG else 2
    return [
        name
        for name in spellings.sounding(plain)
        if _differ(plain, name) <= most and (len(name) >= _LONG or not _glued(plain, name))
    ]


def _close(written: str, spellings: Spellings) -> list[str]:
    plain = simplified(written)
    if plain[0] in _GLUE or plain[-1] in _GLUE:
        return []
    return [name for name in spellings.slipped(plain) if not _glued(plain, name)]


def _differ(one: str, other: str) -> int:
    return sum(x != y for x, y in zip(one, other, strict=True))


def _glued(written: str, name: str) -> bool:
    """Whether what differs is a word of the question."""
    return any(character in _GLUE for character in written if character not in name)


def _borne(entities: Sequence[Entity]) -> list[Entity]:
    return [entity for entity in entities if entity.type in TYPES]
