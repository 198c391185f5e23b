"""`medgraph why`: what is stated between two entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.common import access_options, clean, json_option, paragraph, utf8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.schemas.statements import BehindOut, StatementOut


@click.command("why", short_help="Show what is stated between two entities, for and against.")
@click.argument("subject", callback=utf8)
@click.argument("object", callback=utf8)
@click.option(
    "--predicate", "predicates", multiple=True, metavar="NAME", help="Only this relation, such as treats. Repeatable."
)
@click.option("--language", type=click.Choice(["en", "zh"]), help="Of the sentences; default: that of the names.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    metavar="N",
    help="How many statements for, and against, a relation.",
)
@click.option("--records", is_flag=True, help="Show curated records also as their sources have them.")
@access_options
@json_option
def command(
    subject: str,
    object: str,
    predicates: tuple[str, ...],
    language: str | None,
    limit: int,
    records: bool,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> None:
    """Show the statements behind the relations between two entities, each given by id or exact name: for and against,
    the strongest first, with who states them and where.

    \b
    medgraph why "Marfan syndrome" "Ectopia lentis"
    medgraph why metformin "lactic acidosis" --predicate causes --json
    medgraph why 二甲双胍 糖尿病
    """
    from api.cli.common import emit, opened, seen
    from api.statements import why
    from graph.schema import check_predicate
    from graph.view import GraphView
    from text.names import is_chinese

    for predicate in predicates:
        check_predicate(predicate)
    with opened() as parts:
        graph = GraphView(parts.graph(), seen(access, all_access))
        told = why(graph, subject, object, predicates=predicates or None, limit=limit)
    if as_json:
        emit(told.model_dump())
        return
    language = language or ("zh" if is_chinese(subject + object) else "en")
    if not told.relations:
        click.echo(clean(f"nothing is stated between {subject} and {object} directly"))
        click.echo(clean(f'what lies between them: medgraph paths "{subject}" "{object}"'))
    for number, relation in enumerate(told.relations):
        _show(relation, language, records, first=not number)


def _show(behind: BehindOut, language: str, records: bool, *, first: bool) -> None:
    edge = behind.relation
    one, other = edge.ends
    sources = f"{edge.sources} source{'s' * (edge.sources != 1)}"
    if not first:
        click.echo()
    click.echo(paragraph(edge.words.zh if language == "zh" else edge.words.en))
    counts = f"{edge.affirmed} for, {edge.negated} against, {sources}"
    click.echo(clean(f"  {one.id} —{edge.predicate}→ {other.id}: {counts}"))
    for title, rows, total in (("for", behind.affirmed, edge.affirmed), ("against", behind.negated, edge.negated)):
        if rows:
            click.echo(f"  {title}")
            for row in rows:
                _statement(row, language, records)
        if total > len(rows):
            click.echo(f"    and {total - len(rows):,} more: --limit {total}")


def _statement(row: StatementOut, language: str, records: bool) -> None:
    click.echo(paragraph(row.words.zh if language == "zh" else row.words.en, "    "))
    if row.text:
        click.echo(paragraph(f"“{row.text}”", "      "))
    source = row.source
    title = " ".join(_present(source.title, source.version))
    grounds = row.grounds.zh if language == "zh" else row.grounds.en
    address = next(iter(row.record_urls), source.url)
    year = str(source.year or "")
    doubt = "" if source.kind == "curated" else f"confidence {row.confidence:.2f}"
    click.echo(clean("      " + " · ".join(_present(source.id, title, year, source.study, grounds, row.date, doubt))))
    click.echo(clean("      " + " · ".join(_present(row.record, address))))
    if records and row.record_text:
        click.echo(clean("      " + row.record_text.replace("\t", " | ")))


def _present(*parts: str) -> Sequence[str]:
    return [part for part in parts if part]
