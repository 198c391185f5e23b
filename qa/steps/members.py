"""How a list from the graph is told: its number first, then its members by evidence, and last what sources deny."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import Assertion, Entity
from qa.evidence.bundle import Part
from qa.evidence.interacting import names
from qa.evidence.kinds import FactEvidence, ToldEvidence
from qa.evidence.qualifying import how_often
from qa.evidence.records import Records
from qa.evidence.telling import NAMED
from qa.evidence.typed import AnswerType, Item, Typed
from qa.evidence.wording import Words
from qa.steps.named import evidence
from qa.ways.way import Member

Beside = tuple[Words, Sequence[Assertion]]
"""What is told behind a list, and the statements that it rests on."""
SOURCES = 4
"""Sources named behind a list at most."""
FEW = 12
"""So many are named of what is told beside the list, at most."""


def told(
    records: Records,
    head: tuple[Words, Words],
    members: Sequence[Member],
    total: int,
    *,
    denied: Sequence[Member] = (),
    kind: AnswerType = "list",
    beside: Sequence[Beside] = (),
) -> Part:
    """The list with all that is to be said of it; `head` says what its members are, of one and of several, `beside`
    what is told behind it. Raises what the graph raises."""
    shown = members[:NAMED]
    pieces: list[ToldEvidence] = [_listed(records, head, shown, total)] if shown else []
    for words, rows in beside:
        pieces.append(_told(evidence(records, rows[:FEW]), words))
    claimed = [one for one in shown if one.basis == "literature"]
    if claimed:
        pieces.append(_claimed(records, claimed[:FEW]))
    loose = [one for one in shown if one.basis == "mined" and one.best.predicate == "gene_associated_with"]
    if loose and len(loose) < len(shown):
        pieces.append(_loose(records, loose[:FEW], len(loose[FEW:])))
    if denied:
        pieces.append(_denied(records, denied))
    items = tuple(Item(names(one.entity), one.entity.id, one.sources) for one in members)
    return Part(
        tuple(pieces),
        typed=Typed(kind, value=str(total) if kind == "count" else "", items=items, total=total),
        closes=bool(pieces),
    )


def _listed(records: Records, head: tuple[Words, Words], shown: Sequence[Member], total: int) -> ToldEvidence:
    chain = evidence(records, list({row.id: row for one in shown for row in _shown(one)}.values()))
    one, many = head
    more = total - len(shown)
    english = ", ".join(item(member, "en") for member in shown) + (f" and {more:,} more" if more > 0 else "")
    chinese = "、".join(item(member, "zh") for member in shown) + (f"等，另有{more}项" if more > 0 else "")
    sources = _sources(chain)
    counted = any(member.sources > 1 for member in shown)
    what = (one if total == 1 else many).en
    note = ("; the number of sources in brackets" if counted else "", "；括号内为来源数" if counted else "")
    return _told(
        chain,
        Words(
            f"{total:,} {what}: {english} (sources: {sources.en}{note[0]})",
            f"{many.zh}共{total}项：{chinese}（来源：{sources.zh}{note[1]}）",
        ),
    )


def _shown(member: Member) -> tuple[Assertion, ...]:
    """The best statement of each predicate."""
    best: dict[str, Assertion] = {}
    for row in (member.best, *member.rows):
        best.setdefault(row.predicate, row)
    return tuple(best.values())


def item(member: Member, language: str) -> str:
    """A member with how often it is, and how many sources say so."""
    name = names(member.entity).of(language)
    often = dict(member.best.qualifiers).get("frequency", "") if member.best.predicate == "has_phenotype" else ""
    said = how_often(often, chinese=language == "zh") if often else ""
    more = [said] if said else []
    if member.sources > 1:
        more.append(str(member.sources))
    if not more:
        return name
    return f"{name}（{'，'.join(more)}）" if language == "zh" else f"{name} ({', '.join(more)})"


def _claimed(records: Records, members: Sequence[Member]) -> ToldEvidence:
    chain = evidence(records, [one.best for one in members])
    listed = _names(one.entity for one in members)
    return _told(
        chain,
        Words(
            f"No curated source, only single documents say so of {listed.en}",
            f"以下各项没有人工审编来源记载，仅见于个别文献：{listed.zh}",
        ),
    )


def _loose(records: Records, members: Sequence[Member], more: int) -> ToldEvidence:
    chain = evidence(records, [one.best for one in members])
    listed, sources = _names(one.entity for one in members), _sources(chain)
    return _told(
        chain,
        Words(
            f"{sources.en} alone has an association, which need be no cause, with {listed.en}"
            + (f" and {more} more" if more else ""),
            f"仅{sources.zh}记载有关联（未必是病因）：{listed.zh}" + (f"等，另有{more}项" if more else ""),
        ),
    )


def _denied(records: Records, members: Sequence[Member]) -> ToldEvidence:
    some = members[:FEW]
    chain = evidence(records, [one.best for one in some])
    listed = _names(one.entity for one in some)
    sources, more = _sources(chain), len(members) - len(some)
    return _told(
        chain,
        Words(
            f"Not counted, because {sources.en} denies it: {listed.en}" + (f" and {more} more" if more else ""),
            f"未计入以下各项，因为{sources.zh}否认：{listed.zh}" + (f"等，另有{more}项" if more else ""),
        ),
    )


def _names(entities: Iterable[Entity]) -> Words:
    every = [names(one) for one in entities]
    return Words(", ".join(name.of("en") for name in every), "、".join(name.of("zh") for name in every))


def _sources(chain: Sequence[FactEvidence]) -> Words:
    titles = list(dict.fromkeys(f"{link.title or link.source} {link.version}".strip() for link in chain))
    more = len(titles) - SOURCES
    return Words(
        ", ".join(titles[:SOURCES]) + (f" and {more} more" if more > 0 else ""),
        "、".join(titles[:SOURCES]) + (f"等{len(titles)}个来源" if more > 0 else ""),
    )


def _told(chain: Sequence[FactEvidence], words: Words) -> ToldEvidence:
    return ToldEvidence("", tuple(chain), (words.en, words.zh))
