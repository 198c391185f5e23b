"""`medgraph tag`: mentions and relations of documents, written to a file."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.common import json_option, quiet_option
from ingest.sources.detect import DOCUMENT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.wiring import Parts
    from ingest.jobs.steps import Given
    from ingest.jobs.tagging import Tagging
    from ingest.sinks.ids import Ids, Vocabulary
    from ingest.sinks.model import Sink
    from ingest.sinks.output import Output

TO = ("pubtator", "bioc", "jsonl")


@click.command("tag", short_help="Write the mentions and relations of documents.")
@click.argument("path", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(DOCUMENT_FORMATS),
    help="Read IN as this format, not what its content says.",
)
@click.option("--to", type=click.Choice(TO), default="jsonl", show_default=True, help="The form of what is written.")
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    default="-",
    help="Where it is written: a file (packed if its name ends in .gz), or - for standard output, the default.",
)
@click.option(
    "--ids",
    type=click.Choice(("mesh", "omim", "canonical")),
    default="mesh",
    show_default=True,
    help="The vocabulary of the ids. mesh: D003000, as the public corpora write it. omim: OMIM:219700 where the "
    "identity mapping of the graph knows one. Of what a vocabulary does not name, the id stays as it was linked: "
    "OMIM:…, a number for a gene or a taxon. canonical: the id in the graph, as a CURIE.",
)
@click.option(
    "--given",
    type=click.Choice(("mentions", "entities")),
    help="Look for no mentions: take the annotations of IN. mentions: link them anew. entities: keep their ids, too.",
)
@click.option(
    "--language",
    type=click.Choice(("auto", "en", "zh")),
    default="auto",
    show_default=True,
    help="The language of the texts; auto finds it out text by text.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N records.")
@click.option(
    "--batch", type=click.IntRange(min=1), default=64, show_default=True, metavar="N", help="Documents read at once."
)
@quiet_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    path: Path,
    format_: str | None,
    to: str,
    out: str,
    ids: Vocabulary,
    given: Given | None,
    language: str,
    limit: int | None,
    batch: int,
    quiet: bool,
    as_json: bool,
) -> int:
    """Find the mentions in the documents of IN (a file or a folder, in any format that `ingest` reads), link and judge
    them, relate them, and write that to OUT. No graph is needed, and none is written to.

    \b
    medgraph tag abstracts.xml.gz -o tagged.jsonl
    medgraph tag dev.pubtator --given mentions --to pubtator -o linked.pubtator
    medgraph tag notes/ --format text --to bioc -o notes.xml

    OUT appears when it is whole, in place of what was there. Until then it grows as OUT.part, and a run that was
    interrupted is taken up by running the same command again; with other options or another IN it starts anew. A
    record that cannot be read is named and counted, and the exit code is then 4.

    jsonl reads {"id", "text"}, an object a line, and with --given the "mentions" in it, in the form that is written;
    it writes {"id", "mentions": [{"start", "end", "text", "type", "id", "score", "polarity", "certainty",
    "experiencer"}], "relations": [{"subject", "predicate", "object", "label", "polarity", "certainty", "confidence",
    "firm", "start", "end"}]}; firm are those that are sure enough for the graph, aims among them. Offsets are code
    points in the text, or in title and sections joined by line feeds. The id of a mention that is not linked is null.

    pubtator writes a line a mention (PMID start end surface type id) and a line a relation (PMID CID chemical disease,
    or PMID TYPE id1 id2), tabs between; - where not linked, | between the ids of a composite mention. It has words for
    six types and none for a denial, a doubt or what is firm: mentions of other types and denied relations are left out.

    bioc writes XML, or JSON if OUT ends in .json; a denied relation has the type Negated_TYPE.
    """
    import time

    from api.cli.common import note, opened
    from api.cli.progress import Meter
    from api.home import failures_file
    from api.problems import OK, SOME_FAILED
    from api.wiring import threads
    from ingest.jobs.incoming import incoming, signature
    from ingest.jobs.tagging import VERSION, tag
    from ingest.reading.tagger import Annotator
    from ingest.sinks.ids import Ids

    if as_json and out == "-":
        raise click.UsageError("--json prints on standard output, where the documents go: name a file with -o", ctx)
    _check_apart(ctx, path, out)
    began = time.monotonic()
    options = {"--format": format_, "--ids": ids, "--given": given, "--language": language, "--limit": limit}
    job = {"IN": signature(path, format_), **{name: str(value or "") for name, value in options.items()}}
    with opened() as parts, Meter("opening the models", total=limit, quiet=quiet) as meter:
        if ids == "canonical" and not _has_graph(parts):
            note("there is no graph here yet: the ids stay those of the models")
        sink = _sink(to, out, Ids(ids, lambda: parts.graph().mappings() if _has_graph(parts) else {}))
        tagger = parts.plain()
        relator = parts.relator()
        if given is not None and not isinstance(tagger, Annotator):
            raise click.UsageError("--given needs the trained models: MEDGRAPH_TAGGER is dictionary", ctx)
        job |= {"--to": sink.version, "the models": f"{VERSION}+{tagger.version}+{relator.version}"}
        with _opened_output(out, job) as output:
            meter.phase("tag")
            for done in tag(
                incoming(path, format_, salt=parts.salt),
                tagger=tagger,
                relator=relator,
                sink=sink,
                output=output,
                given=given,
                language=None if language == "auto" else language,
                limit=limit,
                batch=batch,
                threads=threads(parts.settings),
                failures=failures_file(parts.settings, "tag"),
            ):
                failed = f" · {done.failures:,} failed" if done.failures else ""
                meter.tick(done.records, f"{Path(done.file).name}{failed}")
    _tell(done, out, time.monotonic() - began, as_json)
    return SOME_FAILED if done.failed else OK


def _check_apart(ctx: click.Context, path: Path, out: str) -> None:
    """Refuse an OUT that is IN, lies within it, or is a folder."""
    if out == "-":
        return
    if os.path.isdir(out):
        raise click.UsageError(f"{out} is a folder: name a file with -o", ctx)
    real = Path(os.path.realpath(path))
    if Path(os.path.realpath(out)).is_relative_to(real):
        raise click.UsageError("OUT is IN, or lies within it: write it somewhere else", ctx)


def _has_graph(parts: Parts) -> bool:
    """Whether there is a graph to ask: asking makes none."""
    settings = parts.settings
    return not settings.graph_url.startswith("sqlite:") or settings.graph_path.is_file()


def _sink(to: str, out: str, ids: Ids) -> Sink:
    from ingest.sinks.bioc import BiocJson, BiocXml
    from ingest.sinks.jsonl import JsonLines
    from ingest.sinks.pubtator import PubTator

    match to:
        case "pubtator":
            return PubTator(ids)
        case "bioc":
            return BiocJson(ids) if out.lower().removesuffix(".gz").endswith(".json") else BiocXml(ids)
        case _:
            return JsonLines(ids)


@contextmanager
def _opened_output(out: str, job: Mapping[str, str]) -> Iterator[Output]:
    """Standard output, a device or a pipe as it is; a file as one that can be taken up again."""
    from api.cli.common import note
    from ingest.errors import OutputUnavailable
    from ingest.sinks.output import File, Stream

    if out == "-":
        yield Stream(sys.stdout.buffer, "standard output")
    elif os.path.exists(out) and not os.path.isfile(out):
        try:
            device = open(out, "wb", buffering=0)  # noqa: SIM115  # closed below
        except OSError as error:
            raise OutputUnavailable(f"{out}: {error.strerror}") from error
        with device:
            yield Stream(device, out)
    else:
        with File(Path(out), job) as file:
            if file.anew:
                note(f"{file.part.name} is of another run ({', '.join(file.anew)} differs): starting anew")
            elif file.counts:
                note(f"going on with {file.part.name} behind {file.counts['records']:,} records")
            yield file


def _tell(done: Tagging, out: str, seconds: float, as_json: bool) -> None:
    """One line that accounts for every record, and the failures on stderr."""
    from api.cli.common import emit, failures_body, note, print_failures

    if as_json:
        emit(
            {
                "records": done.records,
                "documents": done.documents,
                "mentions": done.mentions,
                "relations": done.relations,
                "withdrawn": done.passed,
                **failures_body(done),
                "seconds": round(seconds, 3),
            }
        )
        return
    counted = f"{done.documents:,} documents, {done.mentions:,} mentions, {done.relations:,} relations"
    line = f"{counted}, {done.failures:,} failed in {seconds:.1f} s"
    if out == "-":
        note(line)
    else:
        click.echo(line)
    print_failures(done)
