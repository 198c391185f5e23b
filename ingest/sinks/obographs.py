"""OBO Graphs (https://github.com/geneontology/obographs): nodes and edges in JSON, written piece by piece.

What an assertion carries beyond its ends stands in the edge's `meta` under `basicPropertyValues`.
"""

from __future__ import annotations

import json

from graph.model import Assertion, Entity, Source
from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.exchange import carried, carried_licence

OPENING = '{"graphs": [{"id": "medgraph", "nodes": [\n'
BETWEEN = '\n], "edges": [\n'
CLOSING = "\n]}]}\n"


def node(entity: Entity) -> str:
    """The JSON of an entity."""
    values = [{"pred": "biolink:category", "val": ENTITY_TYPES[entity.type].biolink}]
    if licence := carried_licence(entity):
        values.append({"pred": "licence", "val": licence})
    meta: dict[str, object] = {"basicPropertyValues": values}
    if entity.definition:
        meta["definition"] = {"val": entity.definition}
    if entity.synonyms:
        meta["synonyms"] = [
            {"pred": "hasExactSynonym", "val": name.text, "lang": name.language} for name in entity.synonyms
        ]
    if entity.xrefs:
        meta["xrefs"] = [{"val": xref} for xref in entity.xrefs]
    return json.dumps({"id": entity.id, "lbl": entity.name, "type": "CLASS", "meta": meta}, ensure_ascii=False)


def edge(assertion: Assertion, source: Source) -> str:
    """The JSON of an assertion."""
    predicate = "is_a" if assertion.predicate == "subclass_of" else PREDICATES[assertion.predicate].biolink
    values = [{"pred": name, "val": value} for name, value in carried(assertion, source).items() if value]
    told = {
        "sub": assertion.subject,
        "pred": predicate,
        "obj": assertion.object,
        "meta": {"basicPropertyValues": values},
    }
    return json.dumps(told, ensure_ascii=False)
