"""The judgements as a spaCy component, for those whose text is a `Doc` already.

The hot path of ingestion has no spaCy: see `text.context.judge.Context`, which this calls.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from text.context.judge import RULES
from text.context.judgement import Judgement
from text.sentences import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

SPANS = "mentions"


@cache
def pipeline(language: str) -> Language:
    """A spaCy pipeline for `zh` or (anything else) English: sentences as ours, and `span._.judgement`, a Judgement,
    for each span in `doc.ents` and `doc.spans["mentions"]`. Components put before `medgraph_context` may add them."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Span

    if not Span.has_extension("judgement"):
        Span.set_extension("judgement", default=Judgement())
    if not Language.has_factory("medgraph_context"):
        Language.component("medgraph_sentences", func=_mark_sentences)
        Language.component("medgraph_context", func=_judge)
    nlp = spacy.blank("zh" if language == "zh" else "en")
    nlp.add_pipe("medgraph_sentences")
    nlp.add_pipe("medgraph_context")
    return nlp


def _mark_sentences(doc: Doc) -> Doc:
    starts = {start for start, _ in sentences(doc.text)}
    token: Token
    for index, token in enumerate(doc):
        # Without its type stub a token's sentence mark reads as read-only.
        token.is_sent_start = index == 0 or token.idx in starts
    return doc


def _judge(doc: Doc) -> Doc:
    spans = [*doc.ents, *doc.spans.get(SPANS, [])]
    places = [(span.start_char, span.end_char) for span in spans]
    for span, judgement in zip(spans, RULES.judge(doc.text, places, doc.lang_), strict=True):
        span._.judgement = judgement
    return doc
