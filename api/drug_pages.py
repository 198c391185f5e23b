"""A drug's page and the drugs for a disease, for every door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.audit.visit import noted
from api.errors import NotFound, NothingLoaded
from api.paging import following, offset_of
from api.repurposing import propose
from api.schemas.drug_pages import DrugOut, UsesOut
from api.schemas.drugs import Language, not_found
from api.schemas.repurposing import ProposalOut
from api.unknown import unknown_name
from graph.view import GraphView
from qa.drugs.model import Unknown
from qa.drugs.page.model import SECTIONS, Section
from qa.errors import ModelUnavailable
from text.names import is_chinese

if TYPE_CHECKING:
    from api.wiring import Parts

_PATIENT = "patient:"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about, with what is taken besides, and what may be read for it."""

    name: str
    access: frozenset[str]
    taken: tuple[str, ...] = ()
    language: Language | None = None

    @property
    def spoken(self) -> Language:
        """The language asked for, else that of the name."""
        return self.language or ("zh" if is_chinese(self.name) else "en")


@noted
def page(parts: Parts, asked: Asked, sections: Sequence[Section] = (), limit: int | None = None) -> DrugOut:
    """All that is known of a drug, or these sections of it, with at most `limit` facts of each.

    Raises UnknownName where no drug is named so, and what the graph raises.
    """
    view = _view(parts, asked.access)
    known = parts.drug_pages().page(view, asked.name, asked.taken)
    if isinstance(known, Unknown):
        raise unknown_name(view, known, "drug")
    return DrugOut.of_page(known, asked.spoken, sections or SECTIONS, limit)


@noted
def uses(
    parts: Parts, asked: Asked, limit: int | None = None, cursor: str | None = None, *, candidates: bool = False
) -> UsesOut:
    """The drugs for a disease, without those that interact gravely with what is taken, which are told apart.

    `candidates`: with the most probable of those that no curated source states of it; why there are none is told.

    Raises UnknownName where no disease or finding is named so, NothingLoaded where nothing could tell of interactions
    that were asked about, BadCursor, and what the graph raises.
    """
    view = _view(parts, asked.access)
    of = ("uses", asked.name, asked.taken, asked.access)
    start = offset_of(cursor, *of)
    known = parts.drug_pages().uses(view, asked.name, asked.taken)
    if isinstance(known, Unknown):
        raise unknown_name(view, known, "disease or finding")
    if asked.taken and not known.searched:
        raise NothingLoaded("nothing is loaded, or opened by this licence, that could tell of interactions")
    shown = known.drugs[start:] if limit is None else known.drugs[start : start + limit]
    note = not_found(known.searched, asked.spoken) if asked.taken else ""
    told = UsesOut.of(known, shown, asked.spoken, note, following(start, len(shown), len(known.drugs), *of))
    if not candidates:
        return told
    proposal, why = _candidates(parts, asked, [one.id for one in known.conditions])
    return told.model_copy(update={"candidates": proposal, "candidates_note": why})


def _candidates(parts: Parts, asked: Asked, ids: Sequence[str]) -> tuple[ProposalOut | None, str]:
    """For the first of these conditions to which paths lead; without one, why the last has none."""
    why = ""
    for id in ids:
        try:
            return propose(parts, asked.access, id, "drugs", new=True), ""
        except (NotFound, NothingLoaded, ModelUnavailable) as error:
            why = str(error)
    return None, why


def _view(parts: Parts, access: frozenset[str]) -> GraphView:
    """The graph without any patient: what a record calls a drug is no drug of the graph's."""
    return GraphView(parts.graph(), frozenset(label for label in access if not label.startswith(_PATIENT)))
