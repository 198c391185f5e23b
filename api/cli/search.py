"""`medgraph search`: passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

import click

from api.cli.common import access_options, json_option, utf8
from retrieval.model import DEFAULT_MODE, Mode

if TYPE_CHECKING:
    from api.schemas.search import ChoicesOut, HitOut, HitsOut, UnmetOut

MARK = "**"
"""Stands on both sides of what matches."""
_PARTS = {
    "languages": "of such a language",
    "sources": "of such a source",
    "documents": "of such a document",
    "sections": "of such a section",
    "study_types": "of such a study type",
    "labels": "under such an access label",
    "entities": "about such an entity",
}
_NAMES = 10


@click.command("search", short_help="Find passages, by words and by meaning.")
@click.argument("query", callback=utf8, default="")
@click.option(
    "--k", "limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="How many passages."
)
@click.option(
    "--mode", type=click.Choice(get_args(Mode)), default=DEFAULT_MODE, show_default=True,
    help="By words, by meaning, by both, or by both with the best of them read again.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Tell how each score came about, and mark the words that match.")
@click.option(
    "--sentences", "as_sentences", is_flag=True, help="The sentences that answer, N of them, out of the passages found."
)
@click.option("--year-from", type=click.IntRange(0, 9999), metavar="YEAR", help="Of this year or later.")
@click.option("--year-to", type=click.IntRange(0, 9999), metavar="YEAR", help="Of this year or earlier.")
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="Of this language, such as en. Repeatable."
)
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="Of this collection, such as pubmed. Repeatable."
)
@click.option(
    "--section", "sections", multiple=True, metavar="NAME",
    help="Of a section whose name holds this, such as methods. Repeatable.",
)  # fmt: skip
@click.option(
    "--study-type", "study_types", multiple=True, metavar="NAME",
    help="Of a publication type that holds this, such as 'randomized controlled trial' or review. Repeatable.",
)  # fmt: skip
@click.option("--document", "documents", multiple=True, metavar="ID", help="Within this document. Repeatable.")
@click.option(
    "--entity", "entities", multiple=True, metavar="ID",
    help="That mentions this entity (an id or a name) or one below it in an ontology. Repeatable.",
)  # fmt: skip
@click.option("--no-descendants", is_flag=True, help="With --entity: the entity itself alone.")
@click.option(
    "--only-access", "labels", multiple=True, metavar="LABEL",
    help="Of documents that carry this access label. Repeatable.",
)  # fmt: skip
@click.option("--retracted", is_flag=True, help="Find retracted documents, too.")
@click.option("--sources", "list_sources", is_flag=True, help="List what there is to filter by, and search nothing.")
@access_options
@json_option
def command(
    query: str,
    limit: int,
    mode: Mode,
    explain: bool,
    as_sentences: bool,
    year_from: int | None,
    year_to: int | None,
    languages: tuple[str, ...],
    sources: tuple[str, ...],
    sections: tuple[str, ...],
    study_types: tuple[str, ...],
    documents: tuple[str, ...],
    entities: tuple[str, ...],
    no_descendants: bool,
    labels: tuple[str, ...],
    retracted: bool,
    list_sources: bool,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> None:
    """Find passages by words and by meaning together.

    \b
    medgraph search "aortic root dilatation" --k 5 --explain
    medgraph search "metformin lactic acidosis" --year-from 2010 --source pubmed --json
    medgraph search "statins in pregnancy" --study-type review --entity MONDO:0005240
    medgraph search "how fast does cetirizine start to work?" --sentences --k 3
    medgraph search --sources
    """
    from api import searching
    from api.cli.common import emit, opened, seen
    from api.cli.progress import Meter

    if not query.strip() and not list_sources:
        raise click.UsageError("QUERY is empty: name what to look for, or list what there is with --sources")
    reader = seen(access, all_access)
    if list_sources:
        with opened() as parts:
            there = searching.choices(parts, reader)
        emit(there.model_dump()) if as_json else _show_choices(there)
        return
    wanted = searching.Wanted(
        year_from=year_from,
        year_to=year_to,
        languages=languages,
        sources=sources,
        sections=sections,
        study_types=study_types,
        documents=documents,
        entities=entities,
        labels=labels,
        descendants=not no_descendants,
        retracted=retracted,
    )
    if as_sentences:
        from api.cli.search_sentences import show
        from api.sentences import sentences

        with opened() as parts, Meter("opening passages and encoder"):
            ranked = sentences(parts, query, wanted, reader=reader, access=reader, k=limit, mode=mode)
        emit(ranked.model_dump()) if as_json else show(ranked, explain, _why_nothing(ranked.unmet, query))
        return
    with opened() as parts, Meter("opening passages and encoder"):
        found = searching.search(parts, query, wanted, reader=reader, access=reader, k=limit, mode=mode)
    if as_json:
        emit(found.model_dump())
    else:
        _show(found, query, limit, explain)


def _show(found: HitsOut, query: str, limit: int, explain: bool) -> None:
    from api.cli.common import clean, paragraph

    if not found.hits:
        click.echo(_why_nothing(found.unmet, query, total=found.total))
    for rank, hit in enumerate(found.hits, 1):
        document = " · ".join(str(part) for part in (hit.document, hit.title, hit.year) if part)
        click.echo(clean(f"{rank:>3}. {document}  ({hit.score:.3f})"))
        if explain:
            click.echo(clean(f"     {explained(hit)}"))
        click.echo(paragraph(marked(hit.text, hit.spans) if explain else hit.text, "     "))
    if len(found.hits) == limit < found.total:
        click.echo(f"the {limit} best of {found.total:,}; more: --k {min(10 * limit, 1000)}")


def explained(hit: HitOut) -> str:
    """How a score came about, in one line."""
    parts = dict(hit.parts)
    told = [f"section {hit.section}"] if hit.section else []
    if "lexical_rank" in parts:
        told.append(f"words: rank {parts.pop('lexical_rank'):.0f} (BM25 {parts.pop('bm25', 0):.2f})")
    if "dense_rank" in parts:
        above = f", {parts.pop('above'):.1f} deviations above unrelated texts" if "above" in parts else ""
        told.append(f"meaning: rank {parts.pop('dense_rank'):.0f} (cosine {parts.pop('cosine', 0):.3f}{above})")
    told += [f"{name.replace('_', ' ')}: {value:.4g}" for name, value in parts.items()]
    return " · ".join(told)


def marked(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with marks around what matches."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], MARK, text[start:end], MARK]
        at = end
    return "".join((*pieces, text[at:]))


def _why_nothing(unmet: Sequence[UnmetOut], query: str, *, total: int = 0) -> str:
    from api.cli.common import clean

    if not any(character.isalnum() for character in query):
        return "nothing found: the query holds no letter and no digit"
    if not unmet:
        several = " and no passage meets all parts of the filter together" if not total else ""
        return f"nothing found{several}"
    return clean("nothing found: " + "; ".join(_unmet(one) for one in unmet))


def _unmet(one: UnmetOut) -> str:
    if one.part == "access":
        return "there is no passage that you may see"
    if one.part == "retracted":
        return "every passage is of a retracted document (--retracted finds them)"
    if one.part == "years":
        return "no passage is of such a year" + (f"; there are {one.years[0]} to {one.years[1]}" if one.years else "")
    told = f"no passage is {_PARTS[one.part]}"
    more = ", …" if len(one.there) > _NAMES else ""
    return f"{told}; there are: {', '.join(one.there[:_NAMES])}{more}" if one.there else told


def _show_choices(there: ChoicesOut) -> None:
    from api.cli.common import clean

    for what, counted in (
        ("sources", there.sources), ("languages", there.languages), ("study types", there.study_types),
        ("sections", there.sections),
    ):  # fmt: skip
        click.echo(f"{what}:" if counted else f"{what}: none")
        for one in counted:
            click.echo(clean(f"  {one.count:>9,}  {one.name or '(no name)'}"))
    if there.years:
        click.echo(f"years: {there.years[0]} to {there.years[1]}")
