"""KGX (https://github.com/biolink/kgx): nodes and edges of the Biolink Model, a line each, tab-separated or in JSON.

Lists are separated by `|`, which is the unit separator within a name of theirs. A backslash stands before what would
break a cell (`\\t`, `\\n`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from graph.model import Assertion, Entity, Source
from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.exchange import FIELDS, carried, carried_licence

NODE_COLUMNS = ("id", "category", "name", "synonym", "synonym_language", "xref", "description", "licence")
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "primary_knowledge_source", "knowledge_level", "agent_type", *FIELDS,
)  # fmt: skip
_DIRECTIONS = {"activates": "increased", "inhibits": "decreased"}


def node(entity: Entity) -> str:
    """The line of an entity."""
    told = _node(entity)
    return _line(*(_list(cell) if isinstance(cell, list) else cell for cell in (told[name] for name in NODE_COLUMNS)))


def node_json(entity: Entity) -> str:
    """The line of an entity as an object."""
    told = _node(entity)
    return _object({**told, "category": [told["category"]]})


def edge(assertion: Assertion, source: Source) -> str:
    """The line of an assertion."""
    told = _edge(assertion, source)
    return _line(*(told[name] for name in EDGE_COLUMNS))


def edge_json(assertion: Assertion, source: Source) -> str:
    """The line of an assertion as an object; `negated` is a truth value there."""
    return _object({**_edge(assertion, source), "negated": assertion.polarity == "negated"})


def _node(entity: Entity) -> dict[str, str | list[str]]:
    return {
        "id": entity.id,
        "category": ENTITY_TYPES[entity.type].biolink,
        "name": entity.name,
        "synonym": [name.text for name in entity.synonyms],
        "synonym_language": [name.language for name in entity.synonyms],
        "xref": list(entity.xrefs),
        "description": entity.definition,
        "licence": carried_licence(entity),
    }


def _edge(assertion: Assertion, source: Source) -> dict[str, str]:
    return {
        "subject": assertion.subject,
        "predicate": PREDICATES[assertion.predicate].biolink,
        "object": assertion.object,
        "primary_knowledge_source": f"infores:{source.id.lower()}",
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent",
        **carried(assertion, source),
    }


def _object(told: Mapping[str, object]) -> str:
    return json.dumps({key: value for key, value in told.items() if value not in ("", [])}, ensure_ascii=False) + "\n"


def _line(*cells: str) -> str:
    return "\t".join(_cell(cell) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _list(values: Iterable[str]) -> str:
    return "|".join(value.replace("|", "\x1f") for value in values)
