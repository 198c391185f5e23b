"""What the slides of the guide are made of: runnable blocks, and how a query finds a thing by its name.

A name in double quotes that a query lists in `names` is what the reader may change, in any language: it goes through
the full-text index over names, as a phrase.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.neo4j.layout import NAMES_INDEX

PHRASE = """'"' + replace(replace(name, '\\\\', ' '), '"', ' ') + '"'"""
"""Cypher for `name` as a phrase of the full-text index, whatever stands in it."""
PLAIN = """NOT e.name CONTAINS '"' AND NOT e.name CONTAINS '\\\\'"""
"""Cypher for what may be pasted between double quotes: Cypher reads no more than the letters of it. Whoever writes
documents may have named a thing so that the rest of its name is a statement."""


@dataclass(frozen=True, slots=True)
class GuideQuery:
    """One runnable block. `cypher` runs as it stands; `names` are the literals in it that the reader may change."""

    key: str
    caption: str
    cypher: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: what it is about, and its queries in the order in which they are read."""

    key: str
    title: str
    chinese: str
    text: str
    queries: tuple[GuideQuery, ...]


def find(variable: str, label: str) -> str:
    """Cypher that binds `variable` to the entity of this label that bears `name`: the whole name first."""
    return f"""\
CALL db.index.fulltext.queryNodes("{NAMES_INDEX}", {PHRASE}, {{limit: 500}})
YIELD node AS {variable}, score WHERE {variable}:{label}
WITH {variable}, score, [{variable}.name] + coalesce({variable}.synonyms, []) AS names
ORDER BY any(n IN names WHERE toLower(n) = toLower(name)) DESC, score DESC, {variable}.id LIMIT 1
"""


def named(variable: str, name: str, label: str = "Entity") -> str:
    """The same as a subquery, for where two names are looked for."""
    body = "".join(f"  {line}\n" for line in find(variable, label).splitlines())
    return f'CALL () {{\n  WITH "{name}" AS name\n{body}  RETURN {variable}\n}}\n'
