"""What a drug does to proteins: targets with what it does to them, enzymes and carriers, what cells make of."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.page.model import Fact
from qa.drugs.page.reading import folded, ordered
from qa.evidence.qualifying import in_chinese
from qa.evidence.records import Records
from qa.evidence.wording import Words
from text.names import normalise

ACTS = ("inhibits", "activates", "induces", "substrate_of", "binds", "regulates", "downregulates", "upregulates")
EXPRESSION = ("downregulates", "upregulates")
"""What Hetionet states of how much of a gene cells make under the drug (LINCS), which tells of no target."""
_CYTOCHROME = re.compile(r"^Cytochrome P450 (\d\w+)$", re.IGNORECASE)
_SAYS_MORE = {
    "binds": ("inhibits", "activates", "induces", "substrate_of"),
    "downregulates": ("inhibits",),
    "upregulates": ("activates", "induces"),
}
"""What else is stated where a thing is done to a protein, so that this by itself tells nothing new."""
STRENGTHS = ("strong", "sensitive", "moderate", "weak", "minor", "")

_ENZYMES = ("substrate_of", "inhibits", "induces", "binds")
_KEYS = ("strength", "narrow", "activated", "actions")
_HANDLING = re.compile(
    r"CYP(?:1[AB]|2[A-J]|3A)\d+|UGT[12][AB]\d+|ABC(?:B1|B4|B11|C[1-6]|G2)|SLCO\d\w+|SLC22A[1-8]|SLC47A[12]|SLC15A[12]|"
    r"ALB|ORM[12]|(?:Cytochrome P450|UDP-glucuronosyltransferase|Multidrug resistance|ATP-binding cassette|"
    r"Solute carrier organic anion|Serum albumin|Albumin|Alpha-1-acid glycoprotein|P-glycoprotein|"
    r"Broad substrate specificity ATP-binding cassette)\b.*",
    re.IGNORECASE,
)
"""What breaks drugs down or carries them: that a drug binds it, and nothing more, makes it no target."""


def actions(
    view: GraphView, records: Records, ids: Collection[str]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Fact, ...]]:
    """Targets, enzymes and carriers, and the genes of which cells make more or less, each the strongest first."""
    rows = view.statements(subjects=ids, predicates=ACTS)
    genes = {id for id, entity in records.entities(row.object for row in rows).items() if entity.type == "Gene"}
    rows = [row for row in rows if row.object in genes]
    handling = {id for id, entity in records.entities(genes).items() if _HANDLING.fullmatch(entity.name)}
    enzymes = [row for row in rows if _is_of_enzyme(row) or (row.predicate == "binds" and row.object in handling)]
    cells = [row for row in rows if row.source == "hetionet" and row.predicate in EXPRESSION]
    others = [row for row in rows if row not in enzymes and row not in cells]
    return (
        ordered(_told(others, records), lambda fact: (ACTS.index(fact.kind),)),
        ordered(_told(enzymes, records), lambda fact: (_ENZYMES.index(fact.kind), _strength(fact))),
        ordered(_told(cells, records), lambda fact: ()),
    )


def _is_of_enzyme(row: Assertion) -> bool:
    return row.predicate == "substrate_of" or (row.predicate in _ENZYMES and "strength" in dict(row.qualifiers))


def _told(rows: Collection[Assertion], records: Records) -> list[Fact]:
    """One fact for each thing that is done to a protein; what says less of the same is part of what says more."""
    by_name: dict[str, dict[str, Fact]] = {}
    for fact in folded(rows, records, lambda row: row.object, lambda row: row.predicate):
        kinds = by_name.setdefault(normalise(_CYTOCHROME.sub(r"CYP\1", fact.what.name)), {})
        kinds[fact.kind] = _joined(kinds[fact.kind], fact) if fact.kind in kinds else fact
    return [replace(fact, told=_qualified(fact)) for kinds in by_name.values() for fact in _whole(kinds)]


def _whole(kinds: dict[str, Fact]) -> list[Fact]:
    """Of what is stated of one protein, by predicate."""
    for kind in reversed(ACTS):
        more = next((one for one in _SAYS_MORE.get(kind, ()) if one in kinds), None) if kind in kinds else None
        if more is not None:
            kinds[more] = _joined(kinds[more], kinds.pop(kind))
    return list(kinds.values())


def _joined(one: Fact, other: Fact) -> Fact:
    return replace(one, rows=one.rows + other.rows, against=one.against + other.against)


def _qualified(fact: Fact) -> dict[str, Words]:
    told: dict[str, dict[str, None]] = {}
    for row in fact.rows:
        for key, value in row.qualifiers:
            if key in _KEYS:
                told.setdefault(key, {})[value] = None
    return {key: Words(", ".join(values), "、".join(map(in_chinese, values))) for key, values in told.items()}


def _strength(fact: Fact) -> int:
    said = fact.told["strength"].en.partition(",")[0] if "strength" in fact.told else ""
    return STRENGTHS.index(said) if said in STRENGTHS else len(STRENGTHS)
