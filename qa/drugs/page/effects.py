"""The side effects of a drug, the most frequent first, each with how often it is seen under placebo."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.page.model import Fact
from qa.drugs.page.reading import folded, ordered
from qa.evidence.frequency import UNTOLD, how_often
from qa.evidence.qualifying import in_chinese
from qa.evidence.records import Records
from qa.evidence.wording import Words

HARMS = ("has_adverse_effect", "causes")
_BROAD = re.compile(
    r"(?:blood|body system|breast|cardiac|cardiovascular system|connective tissue|digestive system|ear|endocrine|"
    r"endocrine system|eye|gastrointestinal|gastrointestinal system|genital|hepatobiliary|immune system|infectious|"
    r"labyrinth|lymphatic system|mediastinal|mental|metabolic|metabolism|musculoskeletal system|nervous system|"
    r"nutrition(?:al)?|pregnancy|psychiatric|renal|reproductive system|respiratory|respiratory system|skin|"
    r"subcutaneous tissue|thoracic|urethral|urinary|urinary tract|urinary system|vascular) (?:disorder|disease)s?|"
    r"infestations?|general disorders?",
    re.IGNORECASE,
)
"""The headings under which inserts list effects, such as MedDRA's system organ classes: no effect that anybody has."""


def effects(view: GraphView, records: Records, ids: Collection[str]) -> tuple[Fact, ...]:
    """What drugs with these ids do to somebody, folded by name; headings of many effects behind these.

    What is denied of everything is left out of none.
    """
    rows = [row for row in view.statements(subjects=ids, predicates=HARMS) if row.object not in ids]
    facts = folded(rows, records, lambda row: row.object, lambda row: "")
    told = [
        replace(
            fact,
            kind="denied" if not fact.rows else fact.rows[0].predicate,
            told=_told(fact.rows),
            weight=max((how_often(row) for row in fact.rows), default=UNTOLD),
        )
        for fact in facts
    ]
    return ordered(
        told,
        lambda fact: (
            not fact.rows,
            _is_literature(fact),
            _BROAD.fullmatch(fact.what.name) is not None,
            -fact.weight,
        ),
    )


def _told(rows: Iterable[Assertion]) -> dict[str, Words]:
    told: dict[str, dict[str, None]] = {}
    for row in rows:
        for key, value in row.qualifiers:
            if key in ("frequency", "placebo"):
                told.setdefault(key, {})[value] = None
    return {key: Words("; ".join(values), "；".join(map(_in_chinese, values))) for key, values in told.items()}


def _in_chinese(value: str) -> str:
    return "，".join(in_chinese(part.strip()) for part in value.split(","))


def _is_literature(fact: Fact) -> bool:
    """Whether documents alone state it."""
    return all(row.start >= 0 for row in fact.rows)
