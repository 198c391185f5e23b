"""`medgraph entity`: a concept by id or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.common import access_options, json_option, utf8

if TYPE_CHECKING:
    from api.schemas.graph import EntityPageOut

HOMONYMS = 100
"""As many entities as one name has at most, or nearly so."""


@click.command("entity", short_help="Show an entity, or find entities by name.")
@click.argument("name", callback=utf8)
@click.option("--type", "kind", metavar="TYPE", help="Only entities of this type, such as Disease.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="How many.")
@access_options
@json_option
def command(name: str, kind: str | None, limit: int, access: tuple[str, ...], all_access: bool, as_json: bool) -> None:
    """Show the entity of an id or a name in any language, what it was merged from, and why; or find entities whose
    names have words in common with it.

    \b
    medgraph entity HP:0001519
    medgraph entity "Marfan syndrome"
    medgraph entity 糖尿病 --type Disease --json
    """
    from api.cli.common import clean, emit, opened, seen
    from api.errors import NotFound
    from api.lookup import Found, find, of_id, page
    from api.schemas.graph import EntitiesOut
    from graph.matching import WHOLE
    from graph.model import NameMatch
    from graph.schema import check_type
    from graph.view import GraphView

    reader = seen(access, all_access)
    if kind is not None:
        check_type(kind)
    with opened() as parts:
        graph = GraphView(parts.graph(), reader)
        if entity := of_id(graph, name):
            best = Found(entity)
            matches = [NameMatch(entity, entity.name, 1.0)]
        else:
            # More than are shown: of those that bear the whole name the best need not have the first id.
            matches = graph.find_entities(name, type=kind, limit=max(limit, HOMONYMS))
            if matches and matches[0].score >= WHOLE:
                best = find(graph, name, type=kind)
                matches = [m for m in matches if m.score >= WHOLE]
                matches.sort(key=lambda match: match.entity.id != best.entity.id)
            elif matches:
                best = Found(matches[0].entity)
            matches = matches[:limit]
        shown = page(graph, best) if matches else None
    if as_json:
        body = EntitiesOut.of(matches).model_dump()
        if shown is not None:
            body["entities"][0].update(shown.model_dump(include={"same_name_as", "merged_from"}))
        emit(body)
    if shown is None:
        raise NotFound(f"no entity is named anything like {name!r}")
    if as_json:
        return
    if len(matches) == 1 or matches[0].score >= WHOLE:
        _print_page(shown)
        return
    for match in matches:
        click.echo(clean(f"{match.entity.id}  {match.entity.type}  {match.entity.name}"))
        if match.name != match.entity.name:
            click.echo(clean(f"    found as: {match.name}"))
    if len(matches) == limit:
        click.echo(f"the {limit} best; there may be more: --limit {10 * limit}")


def _print_page(shown: EntityPageOut) -> None:
    from api.cli.common import clean, paragraph, print_also

    click.echo(clean(f"{shown.id}  {shown.type}  {shown.name}"))
    if shown.url:
        click.echo(f"    {shown.url}")
    names = "; ".join(f"{n.text} ({n.language})" for n in shown.synonyms)
    lines = [shown.definition, names and f"also: {names}", shown.xrefs and f"same as: {', '.join(shown.xrefs)}"]
    kin = ", ".join(f"{other.id} ({other.type} {other.name})" for other in shown.same_name_as)
    lines.append(kin and f"goes by the same name as: {kin}")
    for match in shown.merged_from:
        why = f", {match.justification}" if match.justification else ""
        state = f"; not followed: it {match.refused}" if match.refused else ""
        lines.append(
            f"merged: {match.other} = {match.canonical} ({match.source}, confidence {match.confidence:g}{why}){state}"
        )
    for line in lines:
        if line:
            click.echo(paragraph(str(line), "    "))
    told = {other.id for other in shown.same_name_as}
    print_also([other for other in shown.also if other.id not in told])
