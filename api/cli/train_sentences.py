"""`medgraph train sentences`: the weights that rank sentences as answers."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import out_option


@click.command("sentences")
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    multiple=True,
    help="A line of JSON for each question: the document, and the places of the sentences that answer. Repeatable.",
)
@out_option
def command(questions: tuple[Path, ...], out: Path) -> int:
    """Learn what speaks for a sentence: a conditional logit over the sentences of the documents, which must have been
    ingested, and over those that a search finds. Needs no torch."""
    from api.cli.common import emit, opened
    from api.errors import MissingExtra
    from api.extras import install
    from api.problems import OK

    try:
        import scipy  # noqa: F401  (it is imported where the weights are fitted)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs scipy: {install('models')}") from error
    from api.lexicon import open_glossary
    from evaluation.sentences.questions import questions_in
    from retrieval.answering.features import NAMES
    from retrieval.answering.ranker import SentenceRanker
    from training.sentences.learn import learn

    with opened() as parts:
        ranker = SentenceRanker(dict.fromkeys(NAMES, 0.0), parts.encoder(), parts.passages(), open_glossary())
        every = [question for path in questions for question in questions_in(path)]
        told = learn(every, parts.passages(), parts.searcher(), ranker, out)
    emit({"out": str(out), **told})
    return OK
