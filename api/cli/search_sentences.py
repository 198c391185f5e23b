"""How `medgraph search --sentences` prints what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from api.schemas.sentences import SentenceOut, SentencesOut

TOLD = 6
"""Features that are told of a sentence, those that moved its score most."""


def show(ranked: SentencesOut, explain: bool, why_nothing: str) -> None:
    """Print the sentences, each with its document; with `explain`, what made it stand there."""
    from api.cli.common import clean, paragraph

    if not ranked.sentences:
        click.echo(why_nothing)
    for rank, one in enumerate(ranked.sentences, 1):
        text = f"({one.context}) {one.text}" if one.context else one.text
        click.echo(clean(f"{rank:>3}. ") + paragraph(text, "     ").lstrip())
        document = " · ".join(str(part) for part in (one.document, one.title, one.year) if part)
        click.echo(clean(f"     {document}, characters {one.start} to {one.end}  ({one.probability:.0%})"))
        if explain:
            click.echo(clean(f"     {explained(one)}"))


def explained(one: SentenceOut) -> str:
    """What moved a score most, in one line."""
    most = sorted(one.parts.items(), key=lambda part: -abs(part[1]))[:TOLD]
    told = [f"{name.replace('_', ' ')} {value:+.2f}" for name, value in most]
    return " · ".join([one.standing, *told])
