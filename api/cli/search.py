"""`medgraph search`: passages."""

from __future__ import annotations

import click

from api.cli.common import access_options, json_option, utf8


@click.command("search", short_help="Find passages, by words and by meaning.")
@click.argument("query", callback=utf8)
@click.option(
    "--k", "limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="How many passages."
)
@click.option("--year-from", type=click.IntRange(0, 9999), metavar="YEAR", help="Of this year or later.")
@click.option("--year-to", type=click.IntRange(0, 9999), metavar="YEAR", help="Of this year or earlier.")
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="Of this language, such as en. Repeatable."
)
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="Of this collection, such as pubmed. Repeatable."
)
@click.option("--document", "documents", multiple=True, metavar="ID", help="Within this document. Repeatable.")
@click.option("--entity", "entities", multiple=True, metavar="ID", help="That mentions this entity. Repeatable.")
@click.option("--retracted", is_flag=True, help="Find retracted documents, too.")
@access_options
@json_option
def command(
    query: str,
    limit: int,
    year_from: int | None,
    year_to: int | None,
    languages: tuple[str, ...],
    sources: tuple[str, ...],
    documents: tuple[str, ...],
    entities: tuple[str, ...],
    retracted: bool,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> None:
    """Find passages by words and by meaning together.

    \b
    medgraph search "aortic root dilatation" --k 5
    medgraph search "metformin lactic acidosis" --year-from 2010 --source pubmed --json
    """
    from api.cli.common import clean, emit, opened, paragraph, seen
    from api.cli.progress import Meter
    from api.lookup import all_ids
    from api.schemas.search import HitsOut
    from graph.view import GraphView
    from retrieval.model import Filter

    reader = seen(access, all_access)
    with opened() as parts, Meter("opening passages and encoder"):
        wanted = Filter(
            access=reader,
            year_from=year_from,
            year_to=year_to,
            languages=frozenset(languages) or None,
            sources=frozenset(sources) or None,
            documents=frozenset(documents) or None,
            entities=all_ids(GraphView(parts.graph(), reader), entities) if entities else None,
            retracted=retracted,
        )
        hits = parts.searcher().search(query, filter=wanted, k=limit)
    if as_json:
        emit(HitsOut.of(hits).model_dump())
        return
    if not hits:
        click.echo("nothing found")
    for rank, hit in enumerate(hits, 1):
        document = " · ".join(str(part) for part in (hit.document.id, hit.document.title, hit.document.year) if part)
        click.echo(clean(f"{rank:>3}. {document}  ({hit.score:.3f})"))
        click.echo(paragraph(hit.passage.text, "     "))
    if len(hits) == limit:
        click.echo(f"the {limit} best; there may be more: --k {10 * limit}")
