"""An evaluation as JSON, and as tables for people."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.cli.common import clean, note
from evaluation.bootstrap import Interval
from evaluation.tagging.mistakes import Pattern
from evaluation.tagging.report import Linked, Measured, Report, Said

_WIDTH = 120
"""Of a page, where stdout is no terminal."""
_NAMED = 10
"""Missing documents named on a terminal."""
_SAID = {"polarity": "polarity", "certainty": "certainty", "experiencer": "experiencer", "all": "all three"}


def body(report: Report) -> dict[str, object]:
    """A report in the words of `--json`. Ratios are between 0 and 1, each with its 95 % interval as `…_ci`."""
    linking, relations, context = report.linking, report.relations, report.context
    return {
        "documents": report.documents,
        "missing": list(report.missing),
        "extra": report.extra,
        "types": list(report.types),
        "left_out": report.left_out,
        "misplaced": report.misplaced,
        "mentions": {type: _measured(one) for type, one in report.mentions.items()},
        "linking": linking
        and {
            "on_gold": {type: _linked(one) for type, one in linking.on_gold.items()},
            "mentions": {type: _measured(one) for type, one in linking.mentions.items()},
            "concepts": {type: _measured(one) for type, one in linking.concepts.items()},
        },
        "relations": relations
        and {
            "pairs": _measured(relations.pairs),
            "typed": {kind: _measured(one) for kind, one in relations.typed.items()},
            "left_out": relations.other,
        },
        "context": context and _said(context),
        "errors": {
            "kinds": [asdict(pattern) for pattern in report.kinds],
            "patterns": [asdict(pattern) for pattern in report.details],
        },
    }


def show(report: Report) -> None:
    """Print a report as tables on stdout, and what was not counted on stderr."""
    _show_left_out(report)
    page = Console(highlight=False, markup=False, emoji=False)
    if not page.is_terminal:
        page = Console(highlight=False, markup=False, emoji=False, width=_WIDTH)
    click.echo(f"{report.documents:,} documents. Figures in percent, with 95 % intervals by bootstrap over documents.")
    page.print(_scores("Mentions: same place, same type", "type", report.mentions))
    if report.linking is not None:
        page.print(_links(report.linking.on_gold))
        page.print(_scores("Linked mentions, end to end: same place, type and ids", "type", report.linking.mentions))
        page.print(_scores("Concepts of a document, end to end", "type", report.linking.concepts))
    if report.relations is not None:
        page.print(_scores("Relations of a document", "", {"pairs": report.relations.pairs}))
        page.print(_scores("Relations of a document, with their type", "type", report.relations.typed))
    if report.context is not None:
        page.print(_context(report.context))
    if report.kinds:
        page.print(_patterns("Commonest errors", report.kinds))
    if report.details:
        page.print(_patterns("Commonest errors, by the words that recur", report.details, detail=True))


def _show_left_out(report: Report) -> None:
    if report.missing:
        more = f", … and {len(report.missing) - _NAMED:,} more" if len(report.missing) > _NAMED else ""
        names = ", ".join(report.missing[:_NAMED])
        note(f"{len(report.missing):,} documents of GOLD are not in PRED, and count as missed: {names}{more}")
    if report.extra:
        note(f"{report.extra:,} documents are in PRED alone, and are not counted")
    if report.left_out:
        told = ", ".join(f"{count:,} {type}" for type, count in report.left_out.items())
        note(f"not counted, for GOLD does not annotate it or it was not asked for: {told}")
    if report.relations is not None and report.relations.other:
        note(f"{report.relations.other:,} relations are of kinds that GOLD does not annotate, and are not counted")
    for side, count in report.misplaced.items():
        if count:
            note(f"{count:,} annotations of {side.upper()} quote other words than stand at their offsets")
    if report.linking is None:
        note("no links to compare: they are not in both files")
    if report.relations is None:
        note("no relations to compare: they are not in both files")


def _measured(one: Measured) -> dict[str, object]:
    score = one.score
    counts: dict[str, object] = {"tp": score.tp, "fp": score.fp, "fn": score.fn}
    ratios = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    cis = {"precision_ci": one.precision, "recall_ci": one.recall, "f1_ci": one.f1}
    return counts | ratios | cis


def _linked(one: Linked) -> dict[str, object]:
    links = one.links
    ratios = {"accuracy": links.accuracy, "coverage": links.coverage, "precision": links.precision}
    cis = {"accuracy_ci": one.accuracy, "coverage_ci": one.coverage, "precision_ci": one.precision}
    return asdict(links) | ratios | cis


def _said(said: Said) -> dict[str, object]:
    cis = {f"{name}_ci": ci for name, ci in said.intervals.items()}
    return {"compared": said.compared, "unasserted": said.unasserted, **said.rates, **cis}


def _table(title: str, columns: list[str], numbers: bool = True) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for at, column in enumerate(columns):
        table.add_column(column, justify="right" if at and numbers else "left", no_wrap=numbers)
    return table


def _scores(title: str, of: str, scores: dict[str, Measured]) -> Table:
    table = _table(f"\n{title}", [of, "gold", "found", "right", "precision", "recall", "F1"])
    for type, one in scores.items():
        score = one.score
        counts = (score.tp + score.fn, score.tp + score.fp, score.tp)
        ratios = ((score.precision, one.precision), (score.recall, one.recall), (score.f1, one.f1))
        table.add_row(_text(type), *(f"{n:,}" for n in counts), *(_percent(*ratio) for ratio in ratios))
    return table


def _links(links: dict[str, Linked]) -> Table:
    columns = ["type", "found", "linked", "right", "accuracy", "coverage", "precision", "composite", "no id, linked"]
    table = _table(
        "\nLinks of gold mentions that were found (accuracy and coverage of all, precision of links)", columns
    )
    for type, one in links.items():
        n = one.links
        table.add_row(
            _text(type), f"{n.found:,}", f"{n.linked:,}", f"{n.right:,}", _percent(n.accuracy, one.accuracy),
            _percent(n.coverage, one.coverage), _percent(n.precision, one.precision),
            f"{n.composite_right:,} of {n.composite_found:,}", f"{n.unlinkable_linked:,} of {n.unlinkable:,}",
        )  # fmt: skip
    return table


def _context(said: Said) -> Table:
    table = _table(f"\nContext of {said.compared:,} mentions that both sides mark", ["", "right"])
    for name, words in _SAID.items():
        table.add_row(words, _percent(said.rates[name], said.intervals[name]))
    name = "false_affirmed"
    told = _percent(said.rates[name], said.intervals[name]) if said.unasserted else "-"
    table.add_row(f"of {said.unasserted:,} that are not affirmed, certain and the patient's: taken to be so", told)
    return table


def _patterns(title: str, patterns: list[Pattern], detail: bool = False) -> Table:
    table = _table(f"\n{title}", ["count", "error", "type", *(["words"] if detail else []), "example"], numbers=False)
    for one in patterns:
        gold, found = one.wanted or "nothing", one.found or "nothing"
        example = f"{one.document}: {one.context or ''} [gold: {gold}; found: {found}]"
        words = [_text(one.detail)] if detail else []
        table.add_row(f"{one.count:,}", one.kind, _text(one.type), *words, _text(example))
    return table


def _percent(ratio: float, ci: Interval | None) -> str:
    return f"{100 * ratio:.1f} ({100 * ci[0]:.1f}–{100 * ci[1]:.1f})" if ci else "-"


def _text(text: str) -> Text:
    """Words of a file as they are: never markup, never what a terminal would obey."""
    return Text(clean(text))
