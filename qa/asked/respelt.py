"""What a question writes otherwise than the graph does, read as what it must mean: misspelt names and words of asking.

A name is read for the one that it is clearly nearest to; where several are near, or none is very near, it is kept as
written and the names are told, so that the asker may choose. Drugs have names that look alike: they need more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from graph.model import Entity
from graph.view import GraphView
from qa.asked.cues import near_cue
from qa.asked.lay import meanings
from qa.asked.misspelling import another_form, is_common, otherwise_spelt
from qa.asked.names import Span, names_at, possible_names
from qa.asked.sounded import respelt_chinese
from qa.asked.spellings import TYPES, Spellings
from qa.asked.vocabulary import SMALL
from text.names import Token, is_chinese, normalise, tokens

SHORTEST = 5
"""Letters of the shortest word that may be misspelt."""
_LIMITS = ((6, 1.0), (8, 1.3), (11, 1.8), (99, 2.3))
"""Up to so many letters, how far a name may be from what was written to be read for it."""
_FURTHER = 0.7
"""How much further a name may be that is only proposed."""
_APART = 0.55
"""How much further the next best must be, so that the best is the one that is meant."""
_APART_DRUG = 0.85
_DRUG_LIMITS = ((8, 1.0), (11, 1.3), (99, 1.6))
_PHRASE = 0.35
"""What each further word of a name that is found whole counts for it."""
_SEVERAL = 4
"""Words tried for one that is misspelt."""
_SHOWN = 3
_GENETIC = re.compile(r"\bgenes?\b|mutat|variant|inherit|polymorphism|基因|突变|变异|遗传", re.IGNORECASE)
_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{3,9}")
_STEMMED = re.compile(r"(?:es|dex|levo|ar|nor|des|hydroxy|methyl|pro|iso|neo|de)$")
"""What stands ahead of the name of a drug in that of another one: escitalopram, levocetirizine."""


@dataclass(frozen=True, slots=True)
class Respelt:
    """A question as it is read. `read` has each name as written and as it is read, `near` each that is kept and the
    names that it may be meant for."""

    text: str
    read: tuple[tuple[str, str], ...] = ()
    near: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read some words: how far it is from what was written, the words, and the entities that it names."""

    far: float
    words: tuple[str, ...]
    entities: tuple[Entity, ...]


def respelt(text: str, spans: Sequence[Span], view: GraphView, spellings: Spellings) -> Respelt:
    """`text` with what is misspelt in it as it must be meant; `spans` are the names that it spells right. Raises what
    the graph raises."""
    if is_chinese(text):
        changed, read, near = respelt_chinese(text, spans, view, spellings)
        text = changed
        if not re.search(r"[A-Za-z]{5}", text):
            return Respelt(text, read, near)
        spans = () if read else spans
        latin = _latin(text, spans, view, spellings)
        return Respelt(latin.text, (*read, *latin.read), (*near, *latin.near))
    return _latin(text, spans, view, spellings)


def _latin(text: str, spans: Sequence[Span], view: GraphView, spellings: Spellings) -> Respelt:
    words = tokens(text)
    covered = {at for span in spans for at in range(span.first, span.last + 1)}
    changes: dict[int, str] = {}
    strange: list[int] = []
    for at, token in enumerate(words):
        if at in covered:
            continue
        written = text[token.start : token.end]
        if meant := _plain(text, token, spellings):
            changes[at] = meant
        elif _may_be_misspelt(written, token.norm, spellings):
            if cue := near_cue(written.casefold()):
                changes[at] = cue
            else:
                strange.append(at)
        elif symbol := _symbol(text, written, spellings):
            changes[at] = symbol
    words = [replace(token, norm=normalise(changes[at])) if at in changes else token for at, token in enumerate(words)]
    read: dict[str, str] = {
        _written(text, words, at, at): meant for at, meant in changes.items() if _SYMBOL.fullmatch(meant)
    }
    near: dict[str, tuple[str, ...]] = {}
    for first, last in _runs(strange):
        ways = _ways(text, words, first, last, view, spellings)
        written = _written(text, words, first, last)
        best = _best(ways, written)
        if best is not None:
            changes.update(zip(range(first, last + 1), best.words, strict=True))
            words = [
                replace(token, norm=normalise(changes[at])) if first <= at <= last else token
                for at, token in enumerate(words)
            ]
            meant = " ".join(best.words)
            read[written] = meant[:1].upper() + meant[1:] if written[:1].isupper() else meant
        elif shown := _shown(ways, written):
            near[written] = shown
    return Respelt(_changed(text, words, changes), tuple(read.items()), tuple(near.items()))


def _plain(text: str, token: Token, spellings: Spellings) -> str:
    """A word of a name as the other side of the Atlantic spells it, which nobody needs to be told."""
    word = text[token.start : token.end].casefold()
    if len(word) < SHORTEST or not word.isalpha() or token.norm in SMALL or _known(word, token.norm, spellings):
        return ""
    return next((other for other in otherwise_spelt(word) if spellings.known(other)), "")


def _symbol(text: str, written: str, spellings: Spellings) -> str:
    """The symbol of a gene of which two letters have changed places, where only one may be meant."""
    if not _SYMBOL.fullmatch(written) or text.isupper():
        return ""
    found = spellings.symbols(written) if re.search(r"\d", written) or _GENETIC.search(text) else ()
    return found[0] if len(found) == 1 else ""


def _known(word: str, norm: str, spellings: Spellings) -> bool:
    return is_common(word) or spellings.known(word) or spellings.known(norm)


def _may_be_misspelt(written: str, norm: str, spellings: Spellings) -> bool:
    word = written.casefold()
    return (
        len(word) >= SHORTEST
        and word.isascii()
        and word.isalpha()
        and not (written.isupper() and len(written) < 8)
        and norm not in SMALL
        and not _known(word, norm, spellings)
    )


def _runs(strange: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbours go together, two at most."""
    runs: list[tuple[int, int]] = []
    for at in strange:
        if runs and runs[-1] == (at - 1, at - 1):
            runs[-1] = (at - 1, at)
        else:
            runs.append((at, at))
    return runs


def _ways(
    text: str, words: Sequence[Token], first: int, last: int, view: GraphView, spellings: Spellings
) -> list[_Way]:
    """How the words from `first` to `last` may be read so that they are in names, the nearest first."""
    choices = [
        _choices(text, token, spellings)[: 10 if first == last else _SEVERAL] for token in words[first : last + 1]
    ]
    tried = [([*words[:first], *_replaced(words, first, way), *words[last + 1 :]], way) for way in product(*choices)]
    wanted = {
        name
        for changed, _ in tried
        for one, other, name in possible_names(text, changed)
        if one <= last and first <= other
    }
    held = view.named(wanted | {way for name in wanted for way in meanings(name, name, text)}) if wanted else {}
    ways = (_way(text, changed, way, (first, last), held) for changed, way in tried)
    return sorted((way for way in ways if way is not None), key=lambda way: (way.far, way.words))


def _way(
    text: str,
    changed: Sequence[Token],
    way: Sequence[tuple[float, str]],
    place: tuple[int, int],
    held: Mapping[str, Sequence[Entity]],
) -> _Way | None:
    """What the words `changed` name that has all of those at `place`; None where it is nothing."""
    first, last = place
    for span in names_at(text, changed, lambda names: {name: held[name] for name in names if name in held}, meanings):
        entities = tuple(entity for entity in span.entities if entity.type in TYPES)
        if entities and span.first <= first and last <= span.last:
            far = sum(cost for cost, _ in way) - _PHRASE * (span.last - span.first - (last - first))
            return _Way(far, tuple(word for _, word in way), entities)
    return None


def _replaced(words: Sequence[Token], first: int, way: Sequence[tuple[float, str]]) -> list[Token]:
    return [replace(words[first + at], norm=normalise(word)) for at, (_, word) in enumerate(way)]


def _choices(text: str, token: Token, spellings: Spellings) -> list[tuple[float, str]]:
    word = text[token.start : token.end].casefold()
    near = [one for one in spellings.near(word) if not another_form(word, one[1])] + [
        (0.4, both) for both in _parted(word, spellings)
    ]
    return sorted(near)


def _parted(word: str, spellings: Spellings) -> list[str]:
    """A word that is two words of names written together: `heartattack`."""
    return [
        f"{word[:at]} {word[at:]}"
        for at in range(4, len(word) - 3)
        if _is_word(word[:at], spellings) and _is_word(word[at:], spellings)
    ]


def _is_word(word: str, spellings: Spellings) -> bool:
    return spellings.known(word) or is_common(word)


def _best(ways: Sequence[_Way], written: str) -> _Way | None:
    """The way that is clearly nearest, and near enough; None where there is none."""
    if not ways:
        return None
    best, letters = ways[0], len(written.replace(" ", ""))
    drug = best.entities[0].type == "Drug"
    others = [way for way in ways[1:] if not _same(way, best)]
    apart = others[0].far - best.far if others else 9.0
    limit = next(far for most, far in (_DRUG_LIMITS if drug else _LIMITS) if letters <= most)
    if best.far > limit or apart < (_APART_DRUG if drug else _APART):
        return None
    if drug and (written[:1].casefold() != best.words[0][:1] or _is_another(written.casefold(), best.words[0])):
        return None
    return best


def _is_another(written: str, meant: str) -> bool:
    """Whether what was written is the name of a drug with what makes another of it ahead."""
    longer, shorter = (written, meant) if len(written) > len(meant) else (meant, written)
    return longer.endswith(shorter[1:]) and _STEMMED.match(longer[: len(longer) - len(shorter) + 1]) is not None


def _same(one: _Way, other: _Way) -> bool:
    return not {entity.id for entity in one.entities}.isdisjoint({entity.id for entity in other.entities})


def _shown(ways: Sequence[_Way], written: str) -> tuple[str, ...]:
    """The names that are near enough to be proposed."""
    letters = len(written.replace(" ", ""))
    limit = next(far for most, far in _LIMITS if letters <= most) + (_FURTHER if letters > 5 else 0.0)
    names = dict.fromkeys(way.entities[0].name for way in ways if way.far <= limit)
    return tuple(names)[:_SHOWN]


def _written(text: str, words: Sequence[Token], first: int, last: int) -> str:
    return text[words[first].start : words[last].end]


def _changed(text: str, words: Sequence[Token], changes: Mapping[int, str]) -> str:
    for at in sorted(changes, reverse=True):
        token = words[at]
        capital = text[token.start].isupper() and not changes[at].isupper()
        meant = changes[at][:1].upper() + changes[at][1:] if capital else changes[at]
        text = text[: token.start] + meant + text[token.end :]
    return text
