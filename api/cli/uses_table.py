"""How the drugs for a disease are printed for a person, in both languages."""

from __future__ import annotations

import click

from api.cli.common import clean, paragraph
from api.cli.drug_words import Say, grounds
from api.cli.repurpose import show_candidate
from api.schemas.drug_pages import UseOut, UsesOut

DENIED = 10
"""So many of what is stated not to be for it, where not all is asked for."""


def show_uses(result: UsesOut, *, whole: bool = False) -> None:
    """Print the drugs for a disease. `whole` shows all that is stated not to be for it."""
    say = Say(result.language)
    meant = [f"{one.name} ({one.id})" for one in result.conditions]
    click.echo(f"{clean(say('for', ', '.join(meant)))} ({result.total:,})")
    if result.kinds:
        click.echo(f"  {say('kinds', f'{result.kinds:,}')}")
    say.unknown(result.unknown)
    if not result.drugs:
        click.echo(paragraph(say("none") + (say("unread", len(result.closed)) if result.closed else ""), "  "))
    if result.near:
        click.echo(paragraph(say("near", ", ".join(f"{one.name} ({one.id})" for one in result.near)), "  "))
    for use in result.drugs:
        _use(use, say)
    if result.total > len(result.drugs):
        click.echo(f"  {say('more here', result.total - len(result.drugs))}")
    if result.drugs:
        click.echo(paragraph(say("complete") + (say("unread", len(result.closed)) if result.closed else ""), "  "))
    denied = result.denied if whole else result.denied[:DENIED]
    for head, some, total in (
        ("set aside", result.interacting, len(result.interacting)),
        ("not for", denied, len(result.denied)),
    ):
        if some:
            say.head(head, total=total)
        for use in some:
            _use(use, say)
        if total > len(some):
            click.echo(f"  {say('more here', total - len(some))}")
    _candidates(result, say)
    if result.note:
        click.echo("\n" + paragraph(say("free", say.listed(result.without), result.note), "  "))
    say.head("sources")
    say.sources(result.sources)
    if result.closed:
        say.head("closed")
        say.sources(result.closed)


def _candidates(result: UsesOut, say: Say) -> None:
    if result.candidates is None and not result.candidates_note:
        return
    say.head("candidates")
    if result.candidates_note:
        click.echo(paragraph(result.candidates_note, "  "))
    for place, one in enumerate(result.candidates.candidates if result.candidates else (), 1):
        show_candidate(place, one, say.chinese)


def _use(use: UseOut, say: Say) -> None:
    told = [] if use.direct else [say("kind", say.listed([one.name for one in use.conditions]))]
    against = ", ".join(dict.fromkeys(row.source for row in use.against))
    told += [say("disputed", against)] if use.disputed else []
    told += [say("interacts", say.hits(use.interacts))] if use.interacts else []
    basis = f"{say(use.basis)}{say.colon}" if use.basis != "denied" else ""
    mark = "；" if say.chinese else "; "
    line = mark.join([f"{basis}{use.name} ({use.id}){grounds(use.details, say)}", *told])
    click.echo(paragraph(f"{line} [{', '.join(use.sources)}]", "  "))
    say.quoted(use.statements)
