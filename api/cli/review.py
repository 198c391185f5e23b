"""`medgraph review`: what texts state beside what curated sources state of the same things."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import click

from api.cli.common import access_options, json_option, licence_option

_COLUMNS = (
    "verdict", "subject", "predicate", "object", "polarity", "document", "sentence", "curated", "source", "subject_id",
    "object_id",
)  # fmt: skip


@click.command("review", short_help="Compare what texts state with curated sources.")
@click.option(
    "--list",
    "wanted",
    type=click.Choice(("agrees", "contradicts", "other", "new")),
    help="List the statements of this verdict as rows instead of counting all.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="How many rows; all by default.")
@licence_option
@access_options
@json_option
def command(
    wanted: str | None, limit: int | None, licence: str, access: tuple[str, ...], all_access: bool, as_json: bool
) -> None:
    """Say of what was read in documents, aims and questions left out, whether curated sources state the same of the
    two things (`agrees`), the contrary (`contradicts`), something else (`other`), or nothing (`new`); by predicate.

    What contradicts is listed for somebody to look at: either side may be wrong, or both right of different patients.

    \b
    medgraph review
    medgraph review --list contradicts > contradictions.tsv
    """
    from api.cli.common import clean, emit, opened, seen
    from graph.review import VERDICTS, Reviewed, review

    if limit is not None and wanted is None:
        raise click.UsageError("--limit bounds the rows of --list")
    reader = seen(access, all_access, licence)
    with opened() as parts:
        graph = parts.graph()
        every = review(graph, access=reader)
        if wanted is None:
            counts = Counter((one.statement.predicate, one.verdict) for one in every)
            table = {
                predicate: {verdict: counts[predicate, verdict] for verdict in VERDICTS}
                for predicate in sorted({predicate for predicate, _ in counts})
            }
            if as_json:
                emit({"statements": counts.total(), "by_predicate": table})
                return
            click.echo("\t".join(("predicate", *VERDICTS)))
            for predicate, counted in table.items():
                click.echo("\t".join((predicate, *map(str, counted.values()))))
            sums = [sum(counted[verdict] for counted in table.values()) for verdict in VERDICTS]
            click.echo("\t".join(("all", *map(str, sums))))
            return
        rows = list(islice((one for one in every if one.verdict == wanted), limit))
        ids = {id for one in rows for id in (one.statement.subject, one.statement.object)}
        names = {id: entity.name for id, entity in graph.entities(ids, access=reader).items()}

    def row(one: Reviewed) -> tuple[str, ...]:
        a, b = one.statement, one.beside
        curated = f"{names.get(b.subject, b.subject)} {b.predicate} {names.get(b.object, b.object)}" if b else ""
        if b and b.polarity == "negated":
            curated += " (negated)"
        return (
            one.verdict, names.get(a.subject, a.subject), a.predicate, names.get(a.object, a.object), a.polarity,
            a.source, " ".join(a.sentence.split()), curated, b.source if b else "", a.subject, a.object,
        )  # fmt: skip

    if as_json:
        emit({"statements": [dict(zip(_COLUMNS, row(one), strict=True)) for one in rows]})
        return
    for cells in (_COLUMNS, *map(row, rows)):
        click.echo("\t".join(map(clean, cells)))
