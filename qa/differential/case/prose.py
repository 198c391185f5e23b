"""The names in a text of a case, each with what the text says of it: there or not, certain, whose.

A name is also looked for where words of degree stand within it (`上腹部持续性剧痛` is pain of the upper abdomen) or
where the words stand in another order (`her left knee is very swollen`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Entity
from graph.view import GraphView
from qa.asked.names import Bearers, Span, names_at
from qa.asked.read import joined, left_over, read_spans
from qa.asked.reader import Reader
from qa.differential.case.naming import lookup
from qa.differential.case.phrases import capitals, denying, phrases, written_so
from qa.differential.case.pictures import pictured
from qa.differential.case.reach import reached
from qa.differential.case.typos import put_right
from qa.differential.case.whole import cleared, whole
from qa.differential.matrix import Matrix
from text.context.judgement import Judgement
from text.context.rules import judge_by_rule
from text.names import Token, is_chinese, normalise, tokens

LONGEST = 20_000
"""Characters of a text at most."""
_TYPES = frozenset({"Phenotype", "Disease", "Drug"})
_DEGREE = re.compile(
    r"\b(?:a|an|the|his|her|my|their|your|both|some|severe|mild|moderate|slight|slightly|very|really|quite|rather|"
    r"bad|"
    r"terrible|sharp|dull|burning|throbbing|stabbing|aching|constant|intermittent|persistent|sudden|suddenly|"
    r"onset|acute|"
    r"worsening|progressive|new|recent|ongoing|significant|marked|markedly|increasing|increasingly|extremely|so|"
    r"is|are|"
    r"was|were|feels|felt|feeling|looks|gets|got|getting|been|being|has|have|had|become|became|profuse|heavy|"
    r"large|small|"
    r"multiple|several|diffuse|localised|localized|generalised|generalized|gone|going|"
    r"more|much|too|still|now|also|all|up|bit|little|awful|awfully|horrible|horrid|nasty|pretty|absolutely|totally|"
    r"completely|whole|proper)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b(?:left|right|bilateral|unilateral|l|r|lt|rt|upper|lower|one|two|central)\b", re.IGNORECASE)
_DEGREE_CHINESE = re.compile(
    r"持续性?|阵发性?|间断性?|间歇性?|反复|剧烈|明显|突发性?|突然|出现|有点儿?|有些|一点儿?|轻微|轻度|中度|重度|"
    r"严重|进行性|"
    r"逐渐|加重|感到|感觉|觉得|自觉|又|很|特别|非常|比较|稍|略|开始|也|都|会|总是?|老是|经常|偶尔|偶有|时有|一直|"
    r"多次|数次|"
    r"就|得慌|得厉害|得很|得要命|得不行|得受不了|老(?=[痛疼咳晕吐])|"
    r"(?:火辣辣|一跳一跳|一抽一抽|一阵一?阵|阵阵|隐隐|火烧火燎|像[^，。,;；]{1,8}?(?:一样|似的|样)|(?:针扎|刀割|撕裂|电击|火烧|抽筋)(?:一样|似的)?)"
    r"[地的]?(?=[痛疼])|"
    r"大量|少量|散在|密集|多个|片状|伴|有|是|发(?=[痛疼胀麻痒紧黄白绀])|的|了|着|性(?=[痛疼绞钝隐])|样(?=[痛疼])"
)
_SIDE_CHINESE = re.compile(r"左侧?|右侧?|双侧?|单侧|一侧|两侧|双|前|后|上(?=肢)|局部|全身")
_INNER = re.compile(
    r"(?<=\w )(?:not|isn't|wasn't|aren't|doesn't|don't)(?= \w)|(?<=[\u4e00-\u9fff])(?:不|没有?|未|"
    r"无)(?=[\u4e00-\u9fff])"
)
"""What denies within a name."""
_SHARING = re.compile(
    r"\b([a-z]+(?: (?:back|abdomen))?)(?=(?:,? and |, | or |/|&)(?:(?:left|right|lower|upper) )?[a-z]+(?:(?: and |"
    r", |/)[a-z]+)? "
    r"(pain|ache|tenderness|swelling|stiffness|numbness|weakness|itching|rash)s?\b)",
    re.IGNORECASE,
)
_PART = r"(?:shoulder|hip|knee|ankle|wrist|elbow|hand|finger|toe|leg|arm|thigh|jaw|neck|eye|ear)s?|feet|calves"
_FEELS = r"stiff|sore|swollen|painful|aching|achy|tender|numb|weak|ache|hurt"
_SHARING_BEHIND = re.compile(
    rf"\b({_PART})(?:,? and | & )({_PART}) (?:(?:are|is|feel|so|very|really|both|all) )*({_FEELS})"
    rf"(?:(?: and | & |, )({_FEELS}))?\b",
    re.IGNORECASE,
)
_FELT = re.compile(
    rf"\b({_PART}|head|back|throat|stomach|tummy|belly|chest|face|tooth|testicle)(?:['’]s)?"
    rf"((?: (?!(?:{_PART}|no|not|but|"
    r"fine|ok|normal|never|without|head|back|chest|or|and|is|was|are)\b)[a-z]+){0,3}?"
    r"(?: (?:is|are|was|been|has been|and))?){0,2}? "
    r"(?:(agony|kills?|killing|hurts?|hurting|throbs?|throbbing|aches?|aching|sore|painful)|"
    r"(swollen|puffy|swells|ballooned|blown up|like (?:a )?(?:balloons?|tree trunks?|melons?|football)))\b",
    re.IGNORECASE,
)
"""A part of the body and how it feels or looks, with words between: `knee's been grating and aching`."""
_TOO_LITTLE = frozenset(
    {"pain", "痛", "疼", "疼 痛", "压 痛", "open mouth", "mass", "tender", "sharp", "smoker cough", "bleeding", "出 血"}
)
"""Names that tell nothing alone."""
_DONE = frozenset({"cough", "coughing", "sneeze", "sneezing", "vomit"})
_DOING = re.compile(
    r"\b(?:when(?:ever)?|if|every time) (?:I|he|she|you|they) (?:\w+ or )?$|"
    r"\b(?:worse|pain|painful|hurts?|sore|kills?|agony|leaks?|pees?|wee)\b(?: \w+)? "
    r"(?:to|on|with|by|after) (?:\w+ (?:or|and) )?$",
    re.IGNORECASE,
)
"""What stands before a deed that brings something on, and is no complaint: `worse when I cough`."""
_HABITS = frozenset({"smoke", "smokes", "smoked", "smoking", "hurt", "hurts"})
"""Words that may be what changes odds, and are no finding: who smokes has breathed no smoke of a fire."""
_BEHIND_ELSE = {
    "runs": re.compile(
        r"\s+(?:out|in|down|up|through|from|away|to|a|every|round|along|over|daily|\d)\b", re.IGNORECASE
    ),
    "no periods": re.compile(r"\s+of\b", re.IGNORECASE),
}
"""What stands behind a name that is something else: water that runs out, no periods of being high."""
_COLD_ELSE = re.compile(
    r"\b(?:feels?|felt|is|are|was|were|so|very|always|hands?|foot|feet|legs?|fingers?|toes?|limbs?|arms?|skin|"
    r"hot (?:and|or)|in the|to the|going)\s+$",
    re.IGNORECASE,
)
"""What stands before a cold that is no illness: `foot cold, white`."""
_OF_SEGMENT = re.compile(r"\b(?:PR|ST|QT)\s*$")


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


def mentions(view: GraphView, matrix: Matrix, text: str, reader: Callable[[], Reader] | None = None) -> list[Mention]:
    """The findings, diseases, drugs and factors that `text` names, in order of place.

    Raises ValueError for a text that is too long, and what the graph and `reader` raise.
    """
    if len(text) > LONGEST:
        raise ValueError(f"text: {len(text):,} characters are more than the {LONGEST:,} that are read")
    words = tokens(text)
    named = _bearers(view, matrix)
    ways = [words]
    degree = (_DEGREE, _DEGREE_CHINESE)
    for patterns in (degree, (*degree, _SIDE, _SIDE_CHINESE), (*degree, _SIDE, _SIDE_CHINESE, _INNER)):
        fewer = _without(text, words, patterns)
        if len(fewer) < len(ways[-1]):
            ways.append(fewer)
    spans = [span for way in ways for span in names_at(text, way, named)] + _shared(text, words, named)
    spans += pictured(view, text, words)
    spans = _widest([span for span in spans if _written(text, span)])
    spans = _widest(spans + _misspelt(view, text, words, spans, named))
    if reader is not None and left_over(words, spans):
        read = read_spans(text, words, reader().tag([text], "en")[0], view)
        read = [span for span in read if any(entity.type in _TYPES for entity in span.entities)]
        spans = joined(spans, read)
    places = [(span.start, span.end) for span in spans]
    return [
        Mention(
            start=span.start,
            end=span.end,
            entities=_as_told(text[span.start : span.end], span.entities),
            judgement=judgement,
            read=span.read,
            absent=_absent(text[span.start : span.end]),
        )
        for span, judgement in zip(spans, judged(text, places), strict=True)
    ]


def _as_told(surface: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities that a name may mean, first those that the table of phrases says, in its order."""
    ids = phrases().get(normalise(surface), ())
    return tuple(sorted(entities, key=lambda entity: ids.index(entity.id) if entity.id in ids else len(ids)))


def _absent(surface: str) -> bool:
    """Whether a name says by itself that something is not there: afebrile, 肚子不疼."""
    key = normalise(surface)
    if key not in phrases() and _INNER.search(surface) is not None:
        return normalise(_INNER.sub("", surface)) not in denying()  # 胃口不好: not well is there
    plain = {normalise(degree.sub(" " if degree is _DEGREE else "", surface)) for degree in (_DEGREE, _DEGREE_CHINESE)}
    return not denying().isdisjoint({key} | plain)


def judged(text: str, places: Sequence[tuple[int, int]]) -> list[Judgement]:
    """What the text says of each place; of a text that holds Chinese by the rules of both languages."""
    if not is_chinese(text):
        return reached(text, places, judge_by_rule(text, places, "en"))
    text = cleared(text)
    chinese = judge_by_rule(text, places, "zh")
    english = judge_by_rule(text, places, "en")
    both = [other if own == Judgement() else own for own, other in zip(chinese, english, strict=True)]
    return reached(text, places, both)


def _bearers(view: GraphView, matrix: Matrix) -> Bearers:
    factors = frozenset(matrix.profiles.factors)

    def counts(entity: Entity) -> bool:
        number = matrix.term_number.get(entity.id)
        stated = number is not None and len(matrix.column(number)[0]) > 0
        modifier = entity.id.startswith("HP:") and len(normalise(entity.name).split()) < 3
        concept = entity.type == "Concept" and stated and not modifier
        return entity.type in _TYPES or entity.id in factors or concept

    asked: dict[str, list[Entity]] = {}

    def named(names: Collection[str]) -> Mapping[str, Sequence[Entity]]:
        new = [name for name in names if name not in asked]
        borne = lookup(view, new)
        for name in new:
            asked[name] = [
                entity
                for entity in borne.get(name, ())
                if counts(entity) and (name not in _HABITS or entity.id in factors)
            ]
        return {name: asked[name] for name in names if asked[name]}

    return named


def _without(text: str, words: Sequence[Token], patterns: Sequence[re.Pattern[str]]) -> list[Token]:
    """The words without those that only say how much, how long or on which side."""
    dropped = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    inside = {place for start, end in dropped for place in range(start, end)}
    return [word for word in words if word.start not in inside]


def _shared(text: str, words: Sequence[Token], named: Bearers) -> list[Span]:
    """Places that share one word of what they have, and feelings that share a place: `flank and back pain` is pain of
    the flank, too, and `shoulders and hips so stiff and sore` tells of sore hips."""
    made: list[tuple[int, int, str]] = []
    for match in _SHARING.finditer(text):
        covered = [at for at, word in enumerate(words) if match.start(1) <= word.start and word.end <= match.end(1)]
        if covered:
            made.append((covered[0], covered[-1], normalise(f"{match[1]} {match[2]}")))
    made += _felt(text, words)
    bearers = named({name for *_, name in made}) if made else {}
    return [
        Span(first, last, words[first].start, words[last].end, tuple(bearers[name]), via=name)
        for first, last, name in made
        if name in bearers
    ]


def _felt(text: str, words: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Parts of the body with how they feel, as first and last token and the name that this has."""
    made: list[tuple[int, int, str]] = []
    for match in _SHARING_BEHIND.finditer(text):
        places = [(1, match[4] or match[3])] + ([(4, match[4])] if match[4] else [])
        for group, feels in places:
            covered = [at for at, word in enumerate(words) if word.start == match.start(group)]
            if covered:
                place = match[1] if group == 1 else match[2]
                made.append((covered[0], covered[0], normalise(f"{place} {feels}")))
    for match in _FELT.finditer(text):
        covered = [at for at, word in enumerate(words) if match.start() <= word.start and word.end <= match.end()]
        if len(covered) > 1:
            made.append((covered[0], covered[-1], normalise(f"{match[1]} {'pain' if match[3] else 'swelling'}")))
    return made


def _misspelt(view: GraphView, text: str, words: Sequence[Token], spans: Sequence[Span], named: Bearers) -> list[Span]:
    """The names among the words that nothing was read from, once their slips are put right."""
    places = [(span.start, span.end) for span in spans]
    if put_right(words, places) == list(words):
        return []
    names = view.named({word.norm for word in words})
    right = put_right(words, places + [(word.start, word.end) for word in words if word.norm in names])
    if right == list(words):
        return []
    changed = {at for at, (old, new) in enumerate(zip(words, right, strict=True)) if old != new}
    return [
        replace(span, read=" ".join(word.norm for word in right[span.first : span.last + 1]))
        for span in names_at(text, right, named)
        if changed & set(range(span.first, span.last + 1))
        and all(span.end <= other.start or other.end <= span.start for other in spans)
    ]


def _written(text: str, span: Span) -> bool:
    """Whether a name is written as it is meant: capitals, and no `depression` of a segment of an ECG."""
    surface = text[span.start : span.end]
    if re.search(r"\w, \w+$", surface) and not re.search(r"\d", surface):
        return False  # `left hip pain, leg shortened` tells of no pain in the leg
    name = normalise(surface)
    if name in _DONE and _DOING.search(text, max(0, span.start - 30), span.start):
        return False
    if name in _BEHIND_ELSE and _BEHIND_ELSE[name].match(text, span.end):
        return False
    if name == "cold" and _COLD_ELSE.search(text, max(0, span.start - 12), span.start):
        return False
    return (
        whole(text, span.start, span.end)
        and written_so(surface)
        and _letters(text, surface, span)
        and name not in _TOO_LITTLE
        and (_OF_SEGMENT.search(text, max(0, span.start - 4), span.start) is None)
    )


def _letters(text: str, surface: str, span: Span) -> bool:
    """Whether a short name is written in the letters in which it is one: `hit` is not HIT, and `FIT` is no fit."""
    if len(surface) > 4 or not surface.isascii() or not surface.isalpha() or text.isupper():
        return True
    name = normalise(surface)
    if name in phrases():
        return not (surface.isupper() and len(surface) == 3 and name not in capitals())
    if not surface.islower():
        return True
    forms = {form for entity in span.entities for form in (entity.name, *(each.text for each in entity.synonyms))}
    alike = [form for form in forms if normalise(form) == name]
    return not alike or any(not form.isupper() for form in alike)


def _widest(spans: Sequence[Span]) -> list[Span]:
    """Of overlapping stretches the widest, of equal ones the first, in order of place; two that share no more than a
    word at their ends both stay: `tearing chest pain radiating to the back`."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if all(span.end <= other.start or other.end <= span.start or _chained(span, other) for other in kept):
            kept.append(span)
    kept.sort(key=lambda span: span.start)
    return kept


def _chained(one: Span, other: Span) -> bool:
    """Whether one of both begins with the word with which the other ends, and each has two more."""
    before, behind = sorted((one, other), key=lambda span: (span.first, span.last))
    within = before.last - behind.first + 1
    return (
        within == 1
        and before.last - before.first >= 2
        and behind.last - behind.first >= 2
        and behind.last > before.last
        # Words are counted anew in each way of reading: only places tell that both are not the same stretch.
        and before.start < behind.start
        and before.end < behind.end
    )
