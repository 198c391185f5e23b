"""`medgraph stats`: how much is stored."""

from __future__ import annotations

import click

from api.cli.common import json_option


@click.command("stats", short_help="Count what is stored.")
@json_option
def command(as_json: bool) -> None:
    """Count documents, passages, vectors, mentions, entities, assertions and relations."""
    from api.cli.common import emit, opened

    with opened() as parts:
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
        by = {"by_type": dict(stats.by_type), "by_predicate": dict(stats.by_predicate)}
        emit({**counts, "sources": stats.sources, **by})
        return
    for name, count in {**counts, "sources": stats.sources}.items():
        click.echo(f"{name:<12}{count:>14,}")
    for title, kinds in (("entities by type", stats.by_type), ("relations by predicate", stats.by_predicate)):
        if kinds:
            click.echo(f"\n{title}")
            for name, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
                click.echo(f"  {name:<22}{count:>14,}")
