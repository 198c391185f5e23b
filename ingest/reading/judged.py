"""What the text says of its mentions, put into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Mention
from text.context.judge import Context
from text.context.judgement import Judgement

_PLAIN = Judgement()


def judged(context: Context, text: str, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """`mentions`, of which nothing is known yet, as `context` judges them in `text`; those of one place together."""
    places = list(dict.fromkeys((mention.start, mention.end) for mention in mentions))
    judgements = dict(zip(places, context.judge(text, places, language), strict=True))
    return [_as(mention, judgements[mention.start, mention.end]) for mention in mentions]


def _as(mention: Mention, judgement: Judgement) -> Mention:
    if judgement == _PLAIN:
        return mention
    return replace(
        mention, polarity=judgement.polarity, certainty=judgement.certainty, experiencer=judgement.experiencer
    )
