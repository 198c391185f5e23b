"""`medgraph entity`: a concept by id or name."""

from __future__ import annotations

import click

from api.cli.common import access_options, json_option, utf8


@click.command("entity", short_help="Show an entity, or find entities by name.")
@click.argument("name", callback=utf8)
@click.option("--type", "kind", metavar="TYPE", help="Only entities of this type, such as Disease.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="How many.")
@access_options
@json_option
def command(name: str, kind: str | None, limit: int, access: tuple[str, ...], all_access: bool, as_json: bool) -> None:
    """Show the entity of an id, or find entities by a name in any language.

    \b
    medgraph entity HP:0001519
    medgraph entity "Marfan syndrome"
    medgraph entity 糖尿病 --type Disease --json
    """
    from api.cli.common import clean, emit, opened, paragraph, seen
    from api.errors import NotFound
    from api.schemas.graph import EntitiesOut
    from graph.model import NameMatch
    from graph.pages import page
    from graph.schema import CURIE, check_type
    from graph.view import GraphView

    reader = seen(access, all_access)
    if kind is not None:
        check_type(kind)
    with opened() as parts:
        graph = GraphView(parts.graph(), reader)
        if CURIE.fullmatch(name):
            entity = graph.entity(name)
            matches = [NameMatch(entity, entity.name, 1.0)]
        else:
            matches = graph.find_entities(name, type=kind, limit=limit)
    if as_json:
        emit(EntitiesOut.of(matches).model_dump())
    if not matches:
        raise NotFound(f"no entity is named anything like {name!r}")
    if as_json:
        return
    for match in matches:
        entity = match.entity
        click.echo(clean(f"{entity.id}  {entity.type}  {entity.name}"))
        if len(matches) == 1:
            if address := page(entity.id):
                click.echo(f"    {address}")
            if entity.definition:
                click.echo(paragraph(entity.definition, "    "))
            if entity.synonyms:
                names = "; ".join(f"{n.text} ({n.language})" for n in entity.synonyms)
                click.echo(paragraph(f"also: {names}", "    "))
            if entity.xrefs:
                click.echo(paragraph(f"same as: {', '.join(entity.xrefs)}", "    "))
        elif match.name != entity.name:
            click.echo(clean(f"    found as: {match.name}"))
    if len(matches) == limit:
        click.echo(f"the {limit} best; there may be more: --limit {10 * limit}")
