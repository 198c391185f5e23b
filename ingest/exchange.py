"""What an assertion carries when it leaves in a form of others, so that it comes back as the same assertion."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast, get_args

from graph.licences import LABEL
from graph.model import PUBLIC, Assertion, Entity, Source
from graph.schema import ENTITY_TYPES, PREDICATES
from text.context.judgement import Certainty, Experiencer

FIELDS = (
    "medgraph_predicate", "medgraph_source", "source_version", "source_licence", "source_title", "source_url",
    "source_language", "source_record_id", "negated", "certainty", "experiencer", "qualifiers", "confidence",
    "extractor", "supporting_text",
)  # fmt: skip
"""What stands beside subject, predicate and object."""

_ID = re.compile(r"[0-9a-f]{32}")
_TYPES = {type.biolink: type.name for type in reversed(ENTITY_TYPES.values())} | {
    "biolink:Drug": "Drug", "biolink:SmallMolecule": "Drug", "biolink:ChemicalSubstance": "Drug",
    "biolink:MolecularMixture": "Drug", "biolink:Protein": "Gene", "biolink:DiseaseOrPhenotypicFeature": "Disease",
    "biolink:GrossAnatomicalStructure": "Anatomy", "biolink:Cell": "Anatomy",
}  # fmt: skip
_PREDICATES = {predicate.biolink: predicate.name for predicate in reversed(PREDICATES.values())} | {
    "biolink:related_to": "associated_with",
    "biolink:treats_or_applied_or_studied_to_treat": "treats",
    "biolink:applied_to_treat": "treats",
    "biolink:has_adverse_event": "has_adverse_effect",
    "biolink:physically_interacts_with": "interacts_with",
    "biolink:correlated_with": "associated_with",
}
del _PREDICATES["biolink:has_attribute"], _PREDICATES["biolink:affects"]


def type_of(categories: str) -> str:
    """The entity type of Biolink categories separated by `|`, the first that has one; Concept where none has."""
    return next((_TYPES[category] for category in categories.split("|") if category in _TYPES), "Concept")


def predicate_of(biolink: str, direction: str = "") -> str:
    """The predicate of a Biolink one, empty where there is none; `direction`: is the object increased or decreased?"""
    if biolink == "biolink:affects":
        return {"increased": "activates", "decreased": "inhibits"}.get(direction, "")
    return _PREDICATES.get(biolink, "")


def type_named(word: str) -> str:
    """The entity type that a word of ours or of Biolink names, such as `Drug` or `small molecule`; empty for none."""
    if word in ENTITY_TYPES:
        return word
    plain = word.removeprefix("biolink:")
    joined = plain if plain[:1].isupper() and " " not in plain else plain.title().replace(" ", "").replace("_", "")
    return joined if joined in ENTITY_TYPES else _TYPES.get(f"biolink:{joined}", "")


def predicate_named(word: str) -> str:
    """The predicate that a word of ours or of Biolink names, such as `TREATS` or `biolink:treats`; empty for none."""
    plain = word.strip().removeprefix("biolink:").lower().replace(" ", "_").replace("-", "_")
    return plain if plain in PREDICATES else predicate_of(f"biolink:{plain}")


def carried_licence(entity: Entity) -> str:
    """What is said of an entity that only sources under restricted licences name; empty of any other."""
    return "" if entity.access & PUBLIC or LABEL not in entity.access else "non-commercial or otherwise restricted"


def carried(assertion: Assertion, source: Source) -> dict[str, str]:
    """The `FIELDS` of an assertion, and its id."""
    return {
        "id": assertion.id,
        "medgraph_predicate": assertion.predicate,
        "medgraph_source": source.id,
        "source_version": source.version,
        "source_licence": source.licence,
        "source_title": source.title,
        "source_url": source.url,
        "source_language": source.language,
        "source_record_id": assertion.record,
        "negated": "true" if assertion.polarity == "negated" else "false",
        "certainty": assertion.certainty,
        "experiencer": assertion.experiencer,
        "qualifiers": json.dumps(dict(assertion.qualifiers), ensure_ascii=False, sort_keys=True),
        "confidence": repr(assertion.confidence),
        "extractor": assertion.extractor,
        "supporting_text": assertion.sentence,
    }


def source_of(fields: Mapping[str, str]) -> Source:
    """The Source in the fields of an assertion."""
    return Source(
        fields["medgraph_source"],
        "curated",
        title=fields.get("source_title", ""),
        version=fields.get("source_version", ""),
        licence=fields.get("source_licence", ""),
        language=fields.get("source_language", ""),
        url=fields.get("source_url", ""),
    )


def assertion_of(subject: str, object: str, fields: Mapping[str, str]) -> Assertion:
    """The assertion in its fields, under their `id` where there is one. Raises ValueError for what they cannot hold."""
    try:
        qualifiers = json.loads(fields.get("qualifiers") or "{}")
    except RecursionError:
        raise ValueError("qualifiers that are nested too deeply") from None
    certainty, experiencer = fields.get("certainty") or "certain", fields.get("experiencer") or "patient"
    if not isinstance(qualifiers, dict) or certainty not in get_args(Certainty):
        raise ValueError("qualifiers that are no object, or an unknown certainty")
    if experiencer not in get_args(Experiencer) or fields["medgraph_predicate"] not in PREDICATES:
        raise ValueError("an unknown experiencer or predicate")
    assertion = Assertion.new(
        subject,
        fields["medgraph_predicate"],
        object,
        source=fields["medgraph_source"],
        sentence=fields.get("supporting_text", ""),
        polarity="negated" if fields.get("negated") == "true" else "affirmed",
        certainty=cast(Certainty, certainty),
        experiencer=cast(Experiencer, experiencer),
        qualifiers={str(key): str(value) for key, value in qualifiers.items()},
        record=fields.get("source_record_id", ""),
        extractor=fields.get("extractor", ""),
        confidence=float(fields.get("confidence") or 1.0),
    )
    # The id is of the ends as the source has them, which a mapping may have led elsewhere since.
    return replace(assertion, id=fields["id"]) if _ID.fullmatch(fields.get("id", "")) else assertion
