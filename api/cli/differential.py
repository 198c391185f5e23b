"""`medgraph differential`: the diseases that may explain a case, with reasons, and what to find out next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.common import access_options, json_option, licence_option, utf8

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from api.cli.differential_sources import Sources
    from api.differential import Request
    from qa.differential.model import Sex

    F = TypeVar("F", bound=Callable[..., Any])

_AGE = re.compile(
    r"P?(?:(?P<y>\d+(?:\.\d+)?)\s*(?:y|yrs?|years?|岁|年))?\s*(?:(?P<m>\d+(?:\.\d+)?)\s*(?:m|mo|mths?|months?|个月|月))?"
    r"\s*(?:(?P<w>\d+(?:\.\d+)?)\s*(?:w|wks?|weeks?|周))?\s*(?:(?P<d>\d+(?:\.\d+)?)\s*(?:d|days?|天|日))?",
    re.IGNORECASE,
)
_YEARS = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}
OLDEST = 130


def _words(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(utf8(ctx, param, value).strip() for value in values)
    if not all(words):
        raise click.BadParameter("an empty name")
    return words


def _age(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    text = value.strip()
    try:
        years = float(text)
    except ValueError:
        match = _AGE.fullmatch(text)
        if match is None or not any(match.groups()):
            raise click.BadParameter(f"'{value}' is no age: write 34, 6mo, 3d, 2y6m or 3岁") from None
        years = sum(float(number) * _YEARS[unit] for unit, number in match.groupdict().items() if number)
    if not 0 <= years <= OLDEST:
        raise click.BadParameter(f"'{value}' is no age: 0 to {OLDEST} years are")
    return years


def _papers(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> frozenset[str]:
    if any(not re.fullmatch(r"[A-Za-z]+:\S+", value) for value in values):
        raise click.BadParameter("write a paper as PMID:12345")
    return frozenset(values)


def _case_options(command: F) -> F:
    """What is told of the case."""
    for option in reversed(
        (
            click.argument("findings", nargs=-1, metavar="[FINDING...]", callback=_words),
            click.option("--not", "absent", multiple=True, metavar="FINDING", callback=_words, help="Not there."),
            click.option("--text", metavar="TEXT", callback=lambda c, p, v: v and utf8(c, p, v),
                         help="Prose of which findings and the rest are read; - reads stdin."),
            click.option("--age", metavar="AGE", callback=_age, help="34, 6mo, 3d, 2y6m."),
            click.option("--onset", metavar="AGE", callback=_age, help="The age at which it began."),
            click.option("--sex", type=click.Choice(["female", "male"])),
            click.option("--duration", default="", metavar="WORDS", help='Such as "for three days" or "两周".'),
            click.option("--season", type=click.Choice(["winter", "spring", "summer", "autumn"])),
            click.option("--region", default="", metavar="PLACE", help="Where the person has been, such as tropics."),
            click.option("--condition", "conditions", multiple=True, metavar="NAME", callback=_words,
                         help="A known condition. Repeatable, as --not, --drug and --factor are."),
            click.option("--drug", "drugs", multiple=True, metavar="NAME", callback=_words,
                         help="What is taken: an adverse effect may explain the case, too."),
            click.option("--factor", "factors", multiple=True, metavar="NAME", callback=_words,
                         help="An exposure, habit or state that changes the odds."),
            click.option("--phenopacket", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                         metavar="FILE", help="Add what a GA4GH phenopacket says."),
            click.option("--bundle", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                         metavar="FILE", help="Add what a FHIR file of one patient says."),
            click.option("--patient", metavar="LABEL", callback=lambda c, p, v: v and utf8(c, p, v),
                         help="Add what the record of a stored patient says."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("differential", short_help="The diseases that may explain findings, and what to ask next.")
@_case_options
@click.option("--without", "papers", multiple=True, metavar="PMID:N", callback=_papers,
              help="What this paper states does not count. Repeatable.")  # fmt: skip
@click.option("--without-own-papers", "own", is_flag=True,
              help="What the papers that a phenopacket is of state does not count.")  # fmt: skip
@click.option("--write-phenopacket", "written", type=click.Path(path_type=Path, dir_okay=False, writable=True),
              metavar="FILE", help="Write the case and its candidates as a GA4GH phenopacket.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 1000), metavar="N", help="Candidates at most: 10, in a batch 50.")
@click.option("--interactive", is_flag=True, help="Ask what to find out next, and rank again with each answer.")
@click.option("--format", "form", type=click.Choice(["jsonl"]),
              help="jsonl: a batch. The arguments are folders or files of phenopackets: a line each.")  # fmt: skip
@click.option("--language", type=click.Choice(["en", "zh"]), help="Of what is said; default: that of the case.")
@licence_option
@access_options
@json_option
def command(
    findings: tuple[str, ...],
    absent: tuple[str, ...],
    text: str | None,
    age: float | None,
    onset: float | None,
    sex: Sex | None,
    duration: str,
    season: str | None,
    region: str,
    conditions: tuple[str, ...],
    drugs: tuple[str, ...],
    factors: tuple[str, ...],
    phenopacket: Path | None,
    bundle: Path | None,
    patient: str | None,
    papers: frozenset[str],
    own: bool,
    written: Path | None,
    limit: int | None,
    interactive: bool,
    form: str | None,
    language: Any,
    licence: str,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> int:
    """Rank the diseases that may explain a case. A FINDING is an HPO id or a name in either language.

    Each candidate is told with its probability, how much each finding counts for or against it (×12 speaks for it,
    ×0.4 against), what it would lead one to expect, and whether it must not be missed; then the probability of
    something else, and what to find out next. What is not understood is named with the nearest names.

    \b
    medgraph differential fever cough myalgia --not dyspnea --age 34 --season winter
    medgraph differential 发热 咳嗽 --duration 三天 --interactive
    medgraph differential --text "12-year-old girl with polyuria, polydipsia and weight loss" --json
    medgraph differential cases/ --format jsonl > ranked.jsonl

    A batch writes one line a case, {"case": FILE STEM, "ranked": [{"id", "ids", "name", "probability", "score"}]};
    `ids` are all that stand for the disease; `unknown` and `notes` tell what was not understood or did not count, and
    `error` why nothing is ranked. A file that cannot be read gives no line: stderr names it, and the rest goes on.

    The exit code is 4 where a file of a batch could not be read or ranked, or a part of a FHIR bundle not read; 3
    where no file given could be read; 8 where no case has a finding that is there and is understood, or there is no
    such patient; 9 where no disease is stated to have findings; 5 where the phenopacket cannot be written; 2 for wrong
    options, such as no finding at all.
    """
    from qa.differential.model import Told

    told = Told(
        observed=findings if form is None else (),
        excluded=absent,
        text=_prose(text),
        age=age,
        onset=onset,
        sex=sex or "",
        duration=duration,
        season=season or "",
        region=region,
        conditions=conditions,
        drugs=drugs,
        factors=factors,
        papers=papers,
    )
    reader = (access, all_access, licence)
    if form is not None:
        from api.cli.differential_batch import batch

        if any((interactive, as_json, phenopacket, bundle, patient, written)) or told != Told(papers=papers):
            raise click.UsageError("--format jsonl takes folders or files, --limit, --without, --language and labels")
        return batch([Path(name) for name in findings], papers, own, limit or 50, language, reader)
    if interactive and as_json:
        raise click.UsageError("--interactive prints a table, and no --json")
    if own and phenopacket is None:
        raise click.UsageError("--without-own-papers needs a phenopacket")
    from api.cli.differential_sources import Sources
    from api.differential import Request

    sources = Sources(phenopacket, own, bundle, patient)
    told, failed = sources.joined(told)
    if not told.observed and not told.excluded and not told.text.strip() and patient is None:
        raise click.UsageError("name at least one finding, or give --text, --phenopacket, --bundle or --patient")
    request = Request(told, None, language, limit or 10, failed)
    return _one(request, sources, written, reader, interactive=interactive, as_json=as_json)


def _one(
    request: Request, sources: Sources, written: Path | None, reader: Any, *, interactive: bool, as_json: bool
) -> int:
    """Rank one case, print it, and write it where that is asked for."""
    import sys
    from dataclasses import replace

    from api import differential as ranking
    from api import problems, records
    from api.cli.common import emit, opened, seen
    from api.cli.differential_sources import write
    from api.cli.differential_table import Table
    from api.cli.progress import Meter
    from qa.differential.model import Impossible

    with opened() as parts:
        try:
            with Meter("opening graph and ranking", quiet=not sys.stderr.isatty()):
                labels = seen(*reader)
                told = sources.with_patient(parts, request.told, labels)
                ranked = ranking.differential(parts, replace(request, told=told, access=labels))
        except Impossible as error:
            raise click.UsageError(str(error)) from None
        if as_json:
            emit(ranked.body.model_dump())
        else:
            Table(ranked.body).show()
        if interactive and ranked.body.candidates:
            from api.cli.differential_asking import ask

            ranked = ask(parts, ranked)
        if written is not None:
            write(ranked, written)
    if not any(one.ids for one in ranked.body.case.findings):
        return problems.NOT_FOUND
    unread = [one for one in request.failed if not one.reason.endswith(records.UNREAD)]
    return problems.SOME_FAILED if unread else problems.OK


def _prose(text: str | None) -> str:
    if text != "-":
        return text or ""
    from api.cli.common import piped

    return piped()
