"""Which drugs are for a disease, by source and complete; and which of a class are an alternative to another drug."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Assertion
from qa.drugs.page.conditions import conditions
from qa.drugs.page.indications import INSERTS
from qa.drugs.page.uses import Use, drugs_for
from qa.evidence.bundle import Part, Piece
from qa.evidence.interacting import names
from qa.evidence.telling import NAMED, listing
from qa.evidence.wording import Words
from qa.steps.asking import Asking
from qa.steps.named import evidence, findings_asked, public
from text.names import normalise

FEW = 6
"""So few drugs are told one by one, as they are stated."""
SOURCES = 4
"""Lists of one kind for one disease at most."""
_KINDS = {"treats": "for", "palliates": "relieves", "prevents": "prevents"}


def remedies(asking: Asking) -> Part:
    """The drugs for each disease that a question names, by curated source: the sources that it names first."""
    view = public(asking.view.graph)
    pieces: list[Piece] = []
    for surface, asked in findings_asked(asking.understanding.entities).items():
        meant = list(
            dict.fromkeys(
                (*conditions(view, surface), *(asking.entities[e.id] for e in asked if e.id in asking.entities))
            )
        )
        if not meant:
            continue
        uses, denied, _ = drugs_for(view, asking.records, meant, asking.drugs.nearest)
        pieces += _by_source(asking, names(meant[0]), [use for use in (*uses, *denied) if use.direct])
    return Part(tuple(pieces))


def _by_source(asking: Asking, disease: Words, uses: Sequence[Use]) -> list[Piece]:
    lists: dict[tuple[str, str], dict[str, tuple[Words, Assertion]]] = {}
    for use in uses:
        name = names(use.drug.entity)
        for row in use.fact.statements:
            if row.start < 0 and row.predicate in _KINDS:
                kind = "denied" if row.polarity == "negated" else _KINDS[row.predicate]
                lists.setdefault((row.source, kind), {}).setdefault(normalise(name.en), (name, row))
    if len({use.drug.entity.id for use in uses}) <= FEW:
        return []
    text = normalise(asking.question.text)
    kinds = (*_KINDS.values(), "denied")

    def place(item: tuple[tuple[str, str], dict[str, tuple[Words, Assertion]]]) -> tuple[object, ...]:
        (source, kind), drugs = item
        record = asking.records.source(source)
        named = normalise(source) in text or (record is not None and normalise(record.title) in text)
        return not named, kind == "denied", _RELIABLE.get(source, 9), kinds.index(kind), -len(drugs), source

    pieces: list[Piece] = []
    for (source, kind), drugs in sorted(lists.items(), key=place)[: 3 * SOURCES]:
        links = evidence(asking.records, [row for _, row in list(drugs.values())[:NAMED]])
        head = "mined for" if source in INSERTS and kind == "for" else kind
        pieces.append(listing(head, disease, [name for name, _ in drugs.values()], links))
    return pieces


_RELIABLE = {"pharmacotherapydb": 0, "who-essential-medicines": 1, "sider": 2, "drugmechdb": 3}
"""Curated sources by how well what they list as a use is known to be one."""
