"""`medgraph stats`: how much is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.common import json_option

if TYPE_CHECKING:
    from graph.store import GraphStore


DIMENSIONS = ("source", "licence", "predicate")


def _words(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word.strip() for word in value.split(","))) if value is not None else ()
    if unknown := [word for word in words if word not in DIMENSIONS]:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(DIMENSIONS)}")
    return words


def counted(graph: GraphStore, by: tuple[str, ...]) -> list[tuple[tuple[str, ...], int]]:
    """How many assertions of curated sources there are of each value of `by`, most first."""
    from collections import Counter

    counts: Counter[tuple[str, ...]] = Counter()
    sources = {source.id: source for source in graph.sources(kind="curated")}
    stated = graph.stated_counts()
    if "predicate" not in by:
        stated = {(id, ""): 0 for id in sources} | stated
    for (id, predicate), number in stated.items():
        values = {"source": id, "licence": sources[id].licence, "predicate": predicate}
        counts[tuple(values[word] for word in by)] += number
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


@click.command("stats", short_help="Count what is stored.")
@click.option(
    "--by",
    metavar="WORDS",
    callback=_words,
    help="Count the assertions of curated sources by any of source, licence, predicate, with commas between.",
)
@json_option
def command(by: tuple[str, ...], as_json: bool) -> None:
    """Count documents, passages, vectors, mentions, entities, assertions and relations.

    \b
    medgraph stats --by source,licence,predicate
    """
    from api.cli.common import clean, emit, opened

    with opened() as parts:
        if by:
            rows = counted(parts.graph(), by)
            if as_json:
                emit({"rows": [{**dict(zip(by, key, strict=True)), "assertions": number} for key, number in rows]})
            for key, number in () if as_json else rows:
                click.echo(f"{number:>12,}  {clean('  '.join(word or '-' for word in key))}")
            return
        stats = parts.graph().stats()
        vectors = parts.passages().counts()[2]
    counts = {
        "documents": stats.documents,
        "passages": stats.passages,
        "vectors": vectors,
        "mentions": stats.mentions,
        "entities": stats.entities,
        "assertions": stats.assertions,
        "relations": stats.relations,
    }
    if as_json:
        parted = {"by_type": dict(stats.by_type), "by_predicate": dict(stats.by_predicate)}
        emit({**counts, "sources": stats.sources, **parted})
        return
    for name, count in {**counts, "sources": stats.sources}.items():
        click.echo(f"{name:<12}{count:>14,}")
    for title, kinds in (("entities by type", stats.by_type), ("relations by predicate", stats.by_predicate)):
        if kinds:
            click.echo(f"\n{title}")
            for name, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
                click.echo(f"  {name:<22}{count:>14,}")
