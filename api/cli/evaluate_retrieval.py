"""`medgraph evaluate retrieval`: how well search finds the documents that people judged to answer a question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from api.cli.common import quiet_option
from retrieval.model import DEFAULT_MODE, Mode

if TYPE_CHECKING:
    from api.wiring import Parts
    from evaluation.retrieval.run import Figures, Ranking

_FILE = click.Path(path_type=Path)


@click.command("retrieval", short_help="Measure search on a test collection.")
@click.option("--corpus", type=_FILE, required=True, metavar="FILE", help="Documents, a JSON object a line.")
@click.option("--queries", type=_FILE, required=True, metavar="FILE", help="Queries, a JSON object a line.")
@click.option("--qrels", type=_FILE, required=True, metavar="FILE", help="Which documents answer which query.")
@click.option(
    "--mode", type=click.Choice(get_args(Mode)), default=DEFAULT_MODE, show_default=True,
    help="How passages are ranked; the default is that of `medgraph search`.",
)  # fmt: skip
@click.option(
    "--home", type=_FILE, metavar="DIR", help="Keep the index there, or use the one kept. Default: a temporary one."
)
@click.option("--per-query", type=_FILE, metavar="FILE", help="Write what each query found, a JSON object a line.")
@click.option(
    "--k", "deep", type=click.IntRange(10, 1000), default=100, show_default=True, metavar="N",
    help="How many documents of each ranking are looked at.",
)  # fmt: skip
@click.option(
    "--samples", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, metavar="N",
    help="Draws of queries behind the confidence intervals.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**63), default=0, show_default=True, metavar="N", help="Of these draws."
)
@quiet_option
def command(
    corpus: Path,
    queries: Path,
    qrels: Path,
    mode: Mode,
    home: Path | None,
    per_query: Path | None,
    deep: int,
    samples: int,
    seed: int,
    quiet: bool,
) -> int:
    """Index a test collection in the layout of BEIR, ask its queries, and print one JSON object.

    FILEs may be gzip. A corpus has `_id`, `title` and `text`, queries have `_id` and `text`; judgements are
    query-id, corpus-id and score between tabs, with or without a line of headings, or the four columns of TREC. Nothing
    is read of MEDGRAPH_HOME: documents are cut and encoded as by `medgraph ingest`, but no entities are looked for.

    A document's score is that of its best passage. nDCG@10, recall and MRR@10 are as in trec_eval, with 95 % intervals
    by bootstrap over queries; times are of one query after another. Queries for which nothing is judged relevant are
    counted and not asked. So are empty documents, which many collections have; where documents bear an id twice, the
    exit code is 4.

    \b
    medgraph evaluate retrieval --corpus corpus.jsonl --queries queries.jsonl --qrels qrels/test.tsv
    medgraph evaluate retrieval --corpus corpus.jsonl.gz --queries queries.jsonl --qrels qrels.tsv \\
        --mode lexical --home scifact/ --per-query found.jsonl
    """
    import time

    from api.cli.common import emit, note
    from api.cli.progress import Meter
    from api.problems import OK, SOME_FAILED
    from evaluation.retrieval import collection, indexing, run
    from retrieval.model import Filter

    asked = collection.queries(queries)
    judged = collection.judgements(qrels)
    scored = run.asked(asked, judged)
    if not scored:
        raise click.UsageError("no query of --queries has a document that --qrels judges relevant")
    with Meter("reading the corpus", quiet=quiet) as meter, _parts(home) as parts:
        surveyed = collection.survey(corpus)
        indexing.claim(parts.settings.home, surveyed)
        passages, encoder = parts.passages(), parts.encoder()
        meter.phase("indexing")
        began = time.monotonic()
        there = passages.counts()[0]
        for done in indexing.index(collection.documents(corpus), passages, encoder):
            meter.tick(done, f"of {len(surveyed.ids):,} documents")
        searcher = parts.searcher()
        searcher.refresh()
        seconds = time.monotonic() - began
        if home is not None:
            searcher.save()
        counts = passages.counts()
        meter.phase(f"asking {len(scored):,} queries")
        everything = Filter(access=None)

        rankings: list[Ranking] = []
        for ranking in run.rankings(
            scored,
            judged,
            lambda text, k: searcher.search(text, filter=everything, k=k, mode=mode),
            deep=deep,
            several=counts[1] > counts[0],
        ):
            rankings.append(ranking)
            meter.tick(len(rankings))
        name = encoder.name
    if per_query is not None:
        _write(per_query, rankings)
    figures = run.figures(rankings, samples=samples, seed=seed)
    known = {id for scores in judged.values() for id in scores}
    emit(
        {
            "mode": mode,
            "encoder": name,
            **_body(figures),
            "documents": counts[0],
            "passages": counts[1],
            "empty_documents": surveyed.empty,
            "repeated_documents": surveyed.repeated,
            "indexed_documents": counts[0] - there,
            "indexing_seconds": round(seconds, 3),
            "queries_without_judgements": len(asked) - len(scored),
            "judged_queries_unknown": len(judged.keys() - asked.keys()),
            "judged_documents_unknown": len(known - surveyed.ids),
            "samples": samples,
            "seed": seed,
        }
    )
    for count, what in ((surveyed.empty, "empty"), (surveyed.repeated, "a second document of their id")):
        if count:
            note(f"{count:,} documents are left out: {what}")
    return SOME_FAILED if surveyed.repeated else OK


@contextmanager
def _parts(home: Path | None) -> Iterator[Parts]:
    """The parts of the settings, but in `home`, or in a folder that goes with them."""
    import tempfile

    from api.settings import Settings
    from api.wiring import Parts

    with ExitStack() as stack:
        place = home or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="medgraph-")))
        settings = Settings.read().model_copy(update={"home": place.expanduser().absolute()})
        yield stack.enter_context(Parts(settings))


def _body(figures: Figures) -> dict[str, object]:
    measures: dict[str, object] = {"queries": figures.queries}
    for name, figure in figures.measures.items():
        measures[name] = figure.mean
        measures[f"{name}_ci"] = figure.interval
    times = {"p50": figures.p50, "p95": figures.p95, "mean": figures.mean}
    return measures | {"milliseconds": {name: round(value, 3) for name, value in times.items()}}


def _write(path: Path, rankings: list[Ranking]) -> None:
    """One JSON object a query. Raises OutputUnavailable."""
    import json

    from ingest.errors import OutputUnavailable
    from storage.private import as_asked

    try:
        with as_asked():
            file = open(path, "w", encoding="utf-8")  # noqa: SIM115  # closed below
        with file:
            for one in rankings:
                row = {
                    "query": one.query,
                    **one.measures,
                    "relevant": one.relevant,
                    "milliseconds": round(one.milliseconds, 3),
                    "documents": [[id, round(score, 6)] for id, score in one.documents],
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputUnavailable(f"{path}: {error.strerror or error}") from error
