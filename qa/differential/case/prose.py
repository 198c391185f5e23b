"""The names in a text of a case, each with what the text says of it: there or not, certain, whose.

A name is also looked for where words of degree stand within it (`上腹部持续性剧痛` is pain of the upper abdomen) or where the
words stand in another order (`her left knee is very swollen`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Entity
from graph.view import GraphView
from qa.asked.names import Span, names_in
from qa.asked.read import joined, left_over, read_spans
from qa.asked.reader import Reader
from qa.differential.case.naming import lookup
from qa.differential.case.phrases import denying, written_so
from qa.differential.matrix import Matrix
from text.context.judgement import Judgement
from text.context.rules import judge_by_rule
from text.names import Token, is_chinese, normalise, tokens

LONGEST = 20_000
"""Characters of a text at most."""
_TYPES = frozenset({"Phenotype", "Disease", "Drug"})
_DEGREE = re.compile(
    r"\b(?:a|an|the|his|her|my|their|your|both|some|severe|mild|moderate|slight|slightly|very|really|quite|rather|bad|"
    r"terrible|sharp|dull|burning|throbbing|stabbing|aching|constant|intermittent|persistent|sudden|suddenly|onset|acute|"
    r"worsening|progressive|new|recent|ongoing|significant|marked|markedly|increasing|increasingly|extremely|so|is|are|"
    r"was|were|feels|felt|feeling|looks|gets|got|getting|been|being|has|have|had|become|became|profuse|heavy|large|small|"
    r"multiple|several|painful|tender|itchy|red|diffuse|localised|localized|generalised|generalized|gone|going|"
    r"more|much|too|still|now|also|all|up)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b(?:left|right|bilateral|unilateral|l|r|lt|rt|upper|lower|one|two|central)\b", re.IGNORECASE)
_DEGREE_CHINESE = re.compile(
    r"持续性?|阵发性?|间断性?|间歇性?|反复|剧烈|明显|突发性?|突然|出现|有点儿?|有些|一点儿?|轻微|轻度|中度|重度|严重|进行性|"
    r"逐渐|加重|感到|感觉|觉得|自觉|又|很|特别|非常|比较|稍|略|开始|也|都|会|总是?|老是|经常|偶尔|偶有|时有|一直|多次|数次|"
    r"大量|少量|散在|密集|多个|片状|伴|有|是|发(?=[痛疼胀麻痒紧黄白绀])|的|了|着|性(?=[痛疼绞钝隐])|样(?=[痛疼])"
)
_SIDE_CHINESE = re.compile(r"左侧?|右侧?|双侧?|单侧|一侧|两侧|双|前|后|上(?=肢)|局部|全身")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text, `text[start:end]`, with what it may mean and what the text says of it; `absent` is true of
    a phrase that says by itself that something is not there (afebrile)."""

    start: int
    end: int
    entities: tuple[Entity, ...]
    judgement: Judgement
    read: str = ""
    absent: bool = False


def mentions(
    view: GraphView, matrix: Matrix, text: str, reader: Callable[[], Reader] | None = None
) -> list[Mention]:
    """The findings, diseases, drugs and factors that `text` names, in order of place.

    Raises ValueError for a text that is too long, and what the graph and `reader` raise.
    """
    if len(text) > LONGEST:
        raise ValueError(f"text: {len(text):,} characters are more than the {LONGEST:,} that are read")
    words = tokens(text)
    named = _bearers(view, matrix)
    ways = [words]
    for patterns in ((_DEGREE, _DEGREE_CHINESE), (_DEGREE, _DEGREE_CHINESE, _SIDE, _SIDE_CHINESE)):
        fewer = _without(text, words, patterns)
        if len(fewer) < len(ways[-1]):
            ways.append(fewer)
    spans = _widest(
        [span for way in ways for span in names_in(text, way, view, named) if written_so(text[span.start : span.end])]
    )
    if reader is not None and left_over(words, spans):
        read = read_spans(text, words, reader().tag([text], "en")[0], view)
        read = [span for span in read if any(entity.type in _TYPES for entity in span.entities)]
        spans = joined(spans, read)
    places = [(span.start, span.end) for span in spans]
    return [
        Mention(
            start=span.start,
            end=span.end,
            entities=span.entities,
            judgement=judgement,
            read=span.read,
            absent=normalise(text[span.start : span.end]) in denying(),
        )
        for span, judgement in zip(spans, judged(text, places), strict=True)
    ]


def judged(text: str, places: Sequence[tuple[int, int]]) -> list[Judgement]:
    """What the text says of each place; of a text that holds Chinese by the rules of both languages."""
    if not is_chinese(text):
        return judge_by_rule(text, places, "en")
    chinese = judge_by_rule(text, places, "zh")
    english = judge_by_rule(text, places, "en")
    return [other if own == Judgement() else own for own, other in zip(chinese, english, strict=True)]


def _bearers(view: GraphView, matrix: Matrix) -> Callable[[Collection[str]], Mapping[str, Sequence[Entity]]]:
    factors = frozenset(matrix.profiles.factors)

    def counts(entity: Entity) -> bool:
        number = matrix.term_number.get(entity.id)
        stated = number is not None and len(matrix.column(number)[0]) > 0
        return entity.type in _TYPES or entity.id in factors or (entity.type == "Concept" and stated)

    def named(names: Collection[str]) -> Mapping[str, Sequence[Entity]]:
        borne = lookup(view, names).items()
        return {name: kept for name, entities in borne if (kept := [entity for entity in entities if counts(entity)])}

    return named


def _without(text: str, words: Sequence[Token], patterns: Sequence[re.Pattern[str]]) -> list[Token]:
    """The words without those that only say how much, how long or on which side."""
    dropped = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    inside = {place for start, end in dropped for place in range(start, end)}
    return [word for word in words if word.start not in inside]


def _widest(spans: Sequence[Span]) -> list[Span]:
    """Of overlapping stretches the widest, of equal ones the first, in order of place."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    kept.sort(key=lambda span: span.start)
    return kept
