"""KGX tables (https://github.com/biolink/kgx): nodes and edges of the Biolink Model, a line each, tab-separated.

Lists are separated by `|`, which is the unit separator within a name of theirs. A backslash stands before what would
break a cell (`\\t`, `\\n`).
"""

from __future__ import annotations

from collections.abc import Iterable

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
    return _line(
        entity.id,
        ENTITY_TYPES[entity.type].biolink,
        entity.name,
        _list(name.text for name in entity.synonyms),
        _list(name.language for name in entity.synonyms),
        _list(entity.xrefs),
        entity.definition,
        carried_licence(entity),
    )


def edge(assertion: Assertion, source: Source) -> str:
    """The line of an assertion."""
    fields = carried(assertion, source)
    return _line(
        assertion.id,
        assertion.subject,
        PREDICATES[assertion.predicate].biolink,
        assertion.object,
        f"infores:{source.id.lower()}",
        "knowledge_assertion",
        "manual_agent",
        *(fields[name] for name in FIELDS),
    )


def _line(*cells: str) -> str:
    return "\t".join(_cell(cell) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _list(values: Iterable[str]) -> str:
    return "|".join(value.replace("|", "\x1f") for value in values)
