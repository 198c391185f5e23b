"""How what a question asks to be listed reads: `drugs that treat gout, not among substrates of CYP3A4`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Entity
from qa.evidence.interacting import names
from qa.evidence.wording import Words
from qa.ways.asked import Branch, Wanted
from qa.ways.combined import Combined, Side

_TOGETHER = {
    "all": Words("both {0} and {1}", "{0}和{1}两者"),
    "any": Words("{0} or {1}", "{0}或{1}"),
    "each": Words("{0} and {1}", "{0}和{1}"),
}


def head(wanted: Wanted, found: Combined, entities: Mapping[str, Entity]) -> tuple[Words, Words]:
    """What the members are, of one and of several."""
    one, many = _clauses(found.sides, wanted.joining, entities)
    if wanted.behind is None:
        return one, many
    return filled(wanted.behind.one, many), filled(wanted.behind.many, many)


def clause(side: Side, entities: Mapping[str, Entity]) -> tuple[Words, Words]:
    """What one clause asks for, of one and of several."""
    x = thing(side.branch, entities, of_kinds=side.of_kinds)
    return filled(side.branch.way.one, x), filled(side.branch.way.many, x)


def number(total: int, words: tuple[Words, Words]) -> Words:
    """`1 drug that …`, `50 drugs that …`."""
    one, many = words
    return Words(f"{total:,} {(one if total == 1 else many).en}", f"{many.zh}{total}项")


def thing(branch: Branch, entities: Mapping[str, Entity], *, of_kinds: bool = False) -> Words:
    """What a way starts from, as the graph names it, else as it was written."""
    entity = next((entities[id] for id in branch.ids if id in entities), None)
    words = names(entity) if entity is not None else Words(branch.thing.surface, branch.thing.surface)
    return Words(f"kinds of {words.of('en')}", f"{words.of('zh')}各型") if of_kinds else words


def filled(words: Words, x: Words) -> Words:
    """The words with their `{x}`."""
    return Words(words.en.format(x=x.of("en")), words.zh.format(x=x.of("zh")))


def _clauses(sides: Sequence[Side], joining: str, entities: Mapping[str, Entity]) -> tuple[Words, Words]:
    branches = [side.branch for side in sides]
    if len({(branch.way.name, branch.negated) for branch in branches}) == 1:
        x, *more = [thing(side.branch, entities, of_kinds=side.of_kinds) for side in sides]
        for other in more:
            both = _TOGETHER[joining]
            x = Words(both.en.format(x.of("en"), other.of("en")), both.zh.format(x.of("zh"), other.of("zh")))
        way = branches[0].way
        return filled(way.one, x), filled(way.many, x)
    ordered = sorted(sides, key=lambda side: (side.branch.negated, side.branch.way.name == "class_members"))
    _, first = clause(ordered[0], entities)
    english, chinese = first.en, first.zh
    for side in ordered[1:]:
        _, words = clause(side, entities)
        joined = ("not among", "且不属于") if side.branch.negated else ("also among", "同时属于")
        english, chinese = f"{english}, {joined[0]} {words.en}", f"{chinese}，{joined[1]}“{words.zh}”"
    return Words(english, chinese), Words(english, chinese)
