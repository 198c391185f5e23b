"""How a verdict, or a choice, is told: its first words, and the statements that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.model import Assertion
from qa.evidence.interacting import bare, names
from qa.evidence.kinds import FactEvidence, ToldEvidence
from qa.evidence.records import Records
from qa.evidence.strength import weakness
from qa.evidence.wording import Words
from qa.steps.asking import Asking
from qa.steps.named import public
from qa.verdicts.thing import Thing
from qa.verdicts.ties import Pair
from text.species import animals

_WORD = re.compile(r"[a-z]+|\d+:\d+")
_CHANGES = re.compile(r"avoid|contraindicat|not recommended|do not|alternative|reduc|%|not be used")
SHOWN = 4
"""Statements told at most."""
YES, NO = Words("Yes", "是"), Words("No", "否")
UNSTATED = Words("no source here states it", "没有来源记载此事")


def behind(asking: Asking, edges: Iterable[Pair]) -> tuple[FactEvidence, ...]:
    """Of each edge the strongest statement, in their order. Raises what the graph raises."""
    wanted = list(dict.fromkeys(edges))[: 2 * SHOWN]
    if not wanted:
        return ()
    ends = {end for subject, _, object in wanted for end in (subject, object)}
    rows = public(asking.view.graph).statements(
        subjects=ends, predicates={predicate for _, predicate, _ in wanted}, objects=ends
    )
    best: dict[Pair, Assertion] = {}
    text = asking.question.text.casefold()
    # What is stated of animals is no evidence about people.
    of_animals = bool(animals(asking.question.text))
    for row in sorted(rows, key=lambda row: (_beside(row, text), weakness(row, asking.records.source(row.source)))):
        of_these = "species" not in dict(row.qualifiers) or of_animals
        if of_these and asking.records.stands(row) and row.experiencer == "patient":
            best.setdefault((row.subject, row.predicate, row.object), row)
    kept = [best[one] for one in _either_way(wanted) if one in best]
    return asking.records.evidence((row, None) for row in kept[:SHOWN])


def _beside(row: Assertion, text: str) -> int:
    """Advice for a genotype: first what is for the one that the text tells, then what forbids or changes anything."""
    qualifiers = dict(row.qualifiers)
    genotype, advice = qualifiers.get("genotype", "").casefold(), qualifiers.get("recommendation", "").casefold()
    if not genotype and not advice:
        return 0
    words = {word for word in _WORD.findall(genotype) if len(word) > 3}
    told = sum(word in text for word in words) + ("poor" in words and "慢代谢" in text)
    return 4 - 2 * min(told, 1) - bool(_CHANGES.search(advice))


def _either_way(edges: Iterable[Pair]) -> Iterable[Pair]:
    for subject, predicate, object in edges:
        yield subject, predicate, object
        yield object, predicate, subject


def said(
    head: Words, middle: Words, facts: Sequence[FactEvidence], *, stands: bool = True, first: bool = False
) -> ToldEvidence:
    """`Yes: …` by these statements, whose sources are named behind them; where they do not bear out what is said but
    tell what is known instead, `stands` is False. What must be said `first` stands before any warning."""
    english = list(dict.fromkeys(bare(fact.clauses[0]) for fact in facts))
    chinese = list(dict.fromkeys(bare(fact.clauses[1]) for fact in facts))
    if middle.en and stands:
        english, chinese = [middle.en, *english], [middle.zh, *chinese]
    elif middle.en:
        english = [f"{middle.en}: {'; '.join(english)}" if english else middle.en]
        chinese = [f"{middle.zh}：{'；'.join(chinese)}" if chinese else middle.zh]
    titles = list(dict.fromkeys(fact.title or fact.source for fact in facts))
    behind_en = f" ({'; '.join(titles)})" if titles else ""
    behind_zh = f"（{'；'.join(titles)}）" if titles else ""
    return ToldEvidence(
        "",
        tuple(facts),
        (
            f"{head.en}: {'; '.join(english)}{behind_en}" if english else head.en,
            f"{head.zh}：{'；'.join(chinese)}{behind_zh}" if chinese else head.zh,
        ),
        warns=first,
    )


def called(thing: Thing | None, records: Records) -> Words:
    """What a thing is called: as its first entity is."""
    if thing is None or not thing.entities:
        return Words("", "")
    return names(records.entities([thing.entities[0].id]).get(thing.entities[0].id, thing.entities[0]))
