"""One line about a patient, and what it states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.sources.fhir.absence import Meaning, meaning_of
from ingest.sources.fhir.resource import text_of
from ingest.sources.fhir.standing import Refused, Standing, meant
from text.context.judgement import Certainty, Experiencer, Polarity


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a patient, and what it states: `predicate` is empty where it states nothing."""

    section: str
    line: str
    date: str = ""
    predicate: str = ""
    type: str = ""
    """The type of the object."""
    concept: Mapping[str, Any] = field(default_factory=dict)
    """The CodeableConcept that names the object."""
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    medication: str = ""
    """Where the object is named by reference: what it refers to. `line` then holds what stands around its name, which
    takes the place of `{}`."""


def stated(
    *,
    section: str,
    line: str,
    date: str,
    predicate: str,
    type: str,
    concept: Mapping[str, Any],
    standing: Standing,
    qualifiers: Mapping[str, str],
    medication: str = "",
    notes: object = None,
) -> Fact:
    """The fact that a record states, as its name means it; a line alone where the name says that there is nothing."""
    line += noted(notes)
    meaning = meaning_of(concept, allergy=predicate == "allergic_to")
    if meaning.kind == "none":
        return Fact(section, line, date)
    if predicate == "has_measurement" and meaning.kind not in ("family", "family denied"):
        meaning = Meaning("", concept)  # `Previous pregnancies` is what is counted, and counted today
    standing = meant(standing, meaning)
    told = {**qualifiers, "status": standing.status, "note": note_of(notes)}
    return Fact(
        section=section,
        line=line,
        date=date,
        predicate=predicate,
        type=type,
        concept=meaning.about,
        polarity=standing.polarity,
        certainty=standing.certainty,
        experiencer=standing.experiencer,
        qualifiers={key: value for key, value in told.items() if value},
        medication=medication,
    )


def name_of(concept: object) -> str:
    """How a concept reads. Raises Refused where it has neither a code nor a text."""
    if name := text_of(concept):
        return name
    raise Refused("no code and no text")


def day_of(*values: object) -> str:
    """The day of the first date or period given, as far as it is known: `2018-06-07`, `2018-06`, `2018`."""
    for value in values:
        text = value.get("start") or value.get("end") if isinstance(value, dict) else value
        if isinstance(text, str) and text[:4].isdigit():
            return text[:10]
    return ""


def noted(notes: object) -> str:
    """What the notes of a resource say, on one line, with `; note: ` before."""
    text = note_of(notes)
    return f"; note: {text}" if text else ""


def note_of(notes: object) -> str:
    """The notes of a resource on one line, as they were written but for double quotes."""
    given = notes if isinstance(notes, list) else [notes]
    texts = (one.get("text") if isinstance(one, dict) else one for one in given)
    text = " ".join(" ".join(one.split()) for one in texts if isinstance(one, str) and one.strip())
    return text.replace("“", "'").replace("”", "'").replace('"', "'")


def together(concepts: Iterable[object]) -> str:
    """The names of several concepts."""
    return "; ".join(filter(None, map(text_of, concepts)))
