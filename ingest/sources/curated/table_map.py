"""A short YAML that says what the columns of a table are, in the words of BioCypher (https://biocypher.org).

    provenance: {source: my-trial, version: "2031-02-03", licence: CC-BY-4.0, title: My trial, url: https://…}
    drug:    {represented_as: node, is_a: Drug, preferred_id: DRUGBANK, input_id: drug_id, properties: {name: drug}}
    disease: {represented_as: node, is_a: Disease, input_id: doid, properties: {name: disease, synonyms: others}}
    given_for:
      represented_as: edge
      source: drug
      target: disease
      label_as_edge: treats           # or: input_label: COLUMN, labels: {its word: predicate}
      properties: {dose: dose_mg, date: approved}
      record: row_id
      negated: {outcome: [failed, worse]}

`preferred_id` is the prefix of ids that have none. A node without `input_id` has ids made of its name. Several
values in a cell of `synonyms` or `xrefs` are separated by `|`. Types and predicates may be Biolink's (`small molecule`,
`TREATS`); a node without `is_a` is what its entry is called. At the top may stand `delimiter: ";"`,
`encoding: windows-1252` and `decimal: ","`.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph.model import Source
from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.errors import BadMapping, UnreadableSource
from ingest.exchange import predicate_named, type_named
from ingest.sources.records import NO_YAML

SIZE_LIMIT = 1 << 20
"""How many bytes a mapping may have."""

_PROVENANCE = ("source", "version", "licence", "title", "url", "language")
_NODE = ("represented_as", "is_a", "preferred_id", "input_id", "input_label", "properties")
_NODE_PROPERTIES = ("name", "synonyms", "xrefs", "definition", "same_as")
_EDGE = (
    "represented_as", "is_a", "source", "target", "label_as_edge", "input_label", "labels", "properties", "record",
    "negated",
)  # fmt: skip
_TOP = ("provenance", "delimiter", "encoding", "decimal")
_KINDS = ("str", "string", "int", "integer", "long", "float", "double", "bool", "boolean")
"""What BioCypher writes as the value of a property, whose column bears the property's name."""


@dataclass(frozen=True, slots=True)
class Node:
    type: str
    prefix: str
    id: str
    """The column of ids; empty where they are made of the name."""
    properties: Mapping[str, str]
    """The columns of name, synonyms, xrefs, definition, same_as."""


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    predicate: str
    """Empty where the column `label` says it."""
    label: str
    labels: Mapping[str, str]
    qualifiers: Mapping[str, str]
    record: str
    negated: Mapping[str, frozenset[str]]
    """By column, the values that make the statement negated."""


@dataclass(frozen=True, slots=True)
class TableMap:
    source: Source
    delimiter: str
    encoding: str
    """Of a CSV; empty for UTF-8, or UTF-16 with its mark."""
    decimal: str
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    columns: tuple[str, ...] = field(default=())
    """Every column that it names."""


def table_map(path: Path) -> TableMap:
    """The mapping in a YAML file. Raises UnreadableSource, and BadMapping that names the key which is wrong."""
    told = _yaml(path)
    provenance = _keys(path, "provenance", told.get("provenance"), _PROVENANCE)
    if not provenance.get("source") or any(character.isspace() for character in str(provenance["source"])):
        raise BadMapping(f"{path}: provenance: source: one word that names the data set is needed")
    if not provenance.get("version") or not provenance.get("licence"):
        raise BadMapping(f"{path}: provenance: version and licence are needed, since every fact carries them")
    nodes: dict[str, Node] = {}
    edges: list[tuple[str, dict[str, Any]]] = []
    for name, entry in told.items():
        if name in _TOP:
            continue
        kind = entry.get("represented_as") if isinstance(entry, dict) else None
        if kind == "node":
            nodes[name] = _node(path, name, entry)
        elif kind == "edge":
            edges.append((name, entry))
        else:
            raise BadMapping(f"{path}: {name}: represented_as: node or edge is needed")
    read = tuple(_edge(path, name, entry, nodes) for name, entry in edges)
    if not nodes:
        raise BadMapping(f"{path}: no entry with represented_as: node")
    delimiter = str(told.get("delimiter", ""))
    if len(delimiter) > 1:
        raise BadMapping(f"{path}: delimiter: one character is needed")
    decimal = str(told.get("decimal", "."))
    if decimal not in (".", ","):
        raise BadMapping(f"{path}: decimal: a point or a comma is needed")
    return TableMap(
        source=Source(
            str(provenance["source"]),
            "curated",
            title=str(provenance.get("title", "")),
            version=str(provenance["version"]),
            licence=str(provenance["licence"]),
            language=str(provenance.get("language", "en")),
            url=str(provenance.get("url", "")),
        ),
        delimiter=delimiter,
        encoding=_encoding(path, str(told.get("encoding", ""))),
        decimal=decimal,
        nodes=nodes,
        edges=read,
        columns=tuple(sorted(_columns(nodes, read))),
    )


def _encoding(path: Path, name: str) -> str:
    """The encoding by its name in Python; empty for UTF-8."""
    try:
        encoding = codecs.lookup(name).name if name else "utf-8"
    except LookupError as error:
        raise BadMapping(f"{path}: encoding: {name!r} is unknown; such as utf-8, windows-1252, gb18030") from error
    return "" if encoding == "utf-8" else encoding


def _yaml(path: Path) -> dict[str, Any]:
    import yaml

    try:
        with open(path, "rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise UnreadableSource(f"{path}: {error.strerror or 'cannot be read'}") from error
    if len(content) > SIZE_LIMIT:
        raise BadMapping(f"{path}: larger than {SIZE_LIMIT} bytes")
    try:
        told = yaml.safe_load(content)
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise BadMapping(f"{path}: {where}not YAML: {error.problem or 'malformed'}") from error
    except (yaml.YAMLError, *NO_YAML) as error:
        raise BadMapping(f"{path}: not YAML in UTF-8") from error
    if not isinstance(told, dict) or not all(isinstance(key, str) for key in told):
        raise BadMapping(f"{path}: {'empty' if told is None else 'not a mapping of names'}")
    return told


def _keys(path: Path, name: str, entry: object, known: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise BadMapping(f"{path}: {name}: an entry with {', '.join(known)} is needed")
    if unknown := [str(key) for key in entry if key not in known]:
        raise BadMapping(f"{path}: {name}: {unknown[0]}: unknown key{_like(unknown[0], known)}")
    return entry


def _like(word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    near = get_close_matches(word, list(known), 2)
    return f"; did you mean {' or '.join(near)}?" if near else f"; known: {', '.join(known)}"


def _node(path: Path, name: str, entry: object) -> Node:
    told = _keys(path, name, entry, _NODE)
    word = str(told.get("is_a", name))
    type = type_named(word)
    if not type:
        raise BadMapping(f"{path}: {name}: is_a: unknown type {word!r}{_like(word, ENTITY_TYPES)}")
    properties = _keys(path, f"{name}: properties", told.get("properties") or {}, _NODE_PROPERTIES)
    node = Node(
        type,
        str(told.get("preferred_id", "")),
        str(told.get("input_id", "")),
        {key: _column(key, column) for key, column in properties.items()},
    )
    if not node.id and not (node.prefix and "name" in node.properties):
        raise BadMapping(f"{path}: {name}: input_id is needed, or preferred_id with properties: name to make ids of")
    return node


def _edge(path: Path, name: str, entry: object, nodes: Mapping[str, Node]) -> Edge:
    told = _keys(path, name, entry, _EDGE)
    for end in ("source", "target"):
        if told.get(end) not in nodes:
            raise BadMapping(
                f"{path}: {name}: {end}: {told.get(end)!r} is no node of this file{_like(str(told.get(end)), nodes)}"
            )
    predicate, label = str(told.get("label_as_edge", "")), str(told.get("input_label", ""))
    if not predicate and not label:
        raise BadMapping(f"{path}: {name}: either label_as_edge (a predicate) or input_label (a column) is needed")
    labels = _keys(path, f"{name}: labels", told.get("labels") or {}, tuple(told.get("labels") or {}))
    for word in (predicate, *map(str, labels.values())):
        if word and not predicate_named(word):
            raise BadMapping(f"{path}: {name}: unknown predicate {word!r}{_like(word, PREDICATES)}")
    properties = told.get("properties") or {}
    negated = told.get("negated") or {}
    if not isinstance(properties, dict) or not isinstance(negated, dict):
        raise BadMapping(f"{path}: {name}: properties and negated name columns, `key: column`")
    return Edge(
        source=str(told["source"]),
        target=str(told["target"]),
        predicate=predicate_named(predicate),
        # In BioCypher a label beside `label_as_edge` names what an adapter gives, and no column.
        label="" if predicate else label,
        labels={str(key): predicate_named(str(value)) for key, value in labels.items()},
        qualifiers={str(key): _column(str(key), column) for key, column in properties.items()},
        record=str(told.get("record", "")),
        negated={
            str(column): frozenset(str(v).lower() for v in (values if isinstance(values, list) else [values]))
            for column, values in negated.items()
        },
    )


def _column(key: str, value: object) -> str:
    return key if value in _KINDS else str(value)


def _columns(nodes: Mapping[str, Node], edges: tuple[Edge, ...]) -> set[str]:
    named: set[str] = set()
    for node in nodes.values():
        named |= {node.id, *node.properties.values()}
    for edge in edges:
        named |= {edge.label, edge.record, *edge.qualifiers.values(), *edge.negated}
    return named - {""}
