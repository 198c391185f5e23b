"""What the commands share: options, opened parts, and how things are printed."""

from __future__ import annotations

import importlib
import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from api.schemas.graph import NodeOut
    from api.wiring import Parts
    from ingest.jobs.tagging import Tagging
    from ingest.model import Failure, Tally

PRINTED = 20
"""How many failures are printed."""
F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on stdout.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Draw no progress.")

# Text of documents is printed on a terminal: what a terminal would obey is taken out.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Commands(click.Group):
    """Commands by name, each in a module as `command`, which is imported when it is asked for."""

    modules: Mapping[str, str]

    def __init__(self, *args: Any, modules: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        command: click.Command = importlib.import_module(self.modules[cmd_name]).command
        return command


def access_options(command: F) -> F:
    """The options `--access` and `--all-access` of every reading command."""
    command = click.option(
        "--access",
        multiple=True,
        metavar="LABEL",
        help="Also see what carries this access label, such as ward:7. Repeatable. Default: public alone.",
    )(command)
    return click.option("--all-access", is_flag=True, help="See everything, whatever its label.")(command)


licence_option = click.option(
    "--licence",
    type=click.Choice(["all", "open"]),
    default="all",
    show_default=True,
    help="`open` leaves out sources whose licence restricts what they may be used for.",
)


def seen(access: tuple[str, ...], all_access: bool, licence: str = "all") -> frozenset[str] | None:
    """The labels of a reader; None is everything."""
    from api.settings import labels
    from graph.licences import readable

    return None if all_access else readable(labels(access) | {"public"}, open_only=licence == "open")


def utf8(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A click callback: text that is not UTF-8 is a usage error."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise click.BadParameter("not UTF-8 text") from None
    return value


def piped() -> str:
    """What stands on stdin. Text that is not UTF-8 is a usage error: read all the same it would be other words."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"stdin: not UTF-8 text at byte {error.start + 1}") from None


@contextmanager
def opened() -> Iterator[Parts]:
    """The parts that the settings name, closed at the end."""
    from api.audit.command import recorded
    from api.settings import Settings
    from api.wiring import Parts

    context = click.get_current_context(silent=True)
    command = context.command_path.partition(" ")[2] if context is not None else ""
    with Parts(Settings.read()) as parts, recorded(parts, command):
        yield parts


def emit(result: Mapping[str, object]) -> None:
    """Print one JSON object on one line; what a terminal would obey is written as JSON may write it."""
    utf = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(result, ensure_ascii=not utf)
    click.echo(_CONTROL.sub(lambda character: f"\\u{ord(character[0]):04x}", text))


def note(message: str) -> None:
    """Say something on stderr."""
    click.echo(clean(message), err=True)


def another_is_running() -> None:
    """Say why nothing happens yet."""
    note("another ingestion is running: waiting for it to end")


def clean(text: str) -> str:
    """`text` without control characters."""
    return _CONTROL.sub("\ufffd", text)


def paragraph(text: str, indent: str = "") -> str:
    """`text` wrapped to 100 columns behind `indent`."""
    return textwrap.fill(clean(text), 100, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def print_also(others: Sequence[NodeOut]) -> None:
    """Name what else bears the name that was asked for, on stderr."""
    if others:
        note("also named so: " + "; ".join(f"{other.id} ({other.type} {other.name})" for other in others))


def tally_body(tally: Tally) -> dict[str, object]:
    """A tally in the words of `--json`."""
    return {
        "read": tally.read,
        "added": tally.added,
        "updated": tally.updated,
        "unchanged": tally.unchanged,
        "outdated": tally.outdated,
        "deleted": tally.deleted,
        **failures_body(tally),
        "left": list(tally.left),
    }


def print_tally(tally: Tally, seconds: float) -> None:
    """One line on stdout that accounts for every record, and the failures on stderr."""
    parts = [f"{tally.read:,} read", f"{tally.added:,} added", f"{tally.updated:,} updated"]
    parts += [f"{tally.unchanged:,} unchanged", f"{tally.deleted:,} deleted", f"{tally.failures:,} failed"]
    click.echo(f"{', '.join(parts)} in {seconds:.1f} s")
    if tally.outdated:
        note(f"{tally.outdated:,} of the unchanged: an older version of a document that is here; the newer was kept")
    if tally.left:
        names = [file.rpartition("/")[2] for file in tally.left]
        note(f"{len(names):,} left alone, which hold no data: {', '.join(names[:8])}{' …' if len(names) > 8 else ''}")
    print_failures(tally)


def failures_body(done: Tally | Tagging) -> dict[str, object]:
    """What failed in the words of `--json`; where it is too much to list, also how much it is and where it stands."""
    listed: dict[str, object] = {
        "failed": [{"file": f.file, "record": f.record, "reason": f.reason} for f in done.failed]
    }
    if done.failures > len(done.failed):
        listed |= {"failures": done.failures, "failures_file": done.failures_file or None}
    return listed


def print_failure(failure: Failure) -> None:
    """One failure on stderr with its file, which is not named twice, and its record."""
    reason = failure.reason.removeprefix(f"{failure.file}: ")
    note(f"failed: {failure.file}{': ' + failure.record if failure.record else ''}: {reason}")


def print_failures(done: Tally | Tagging) -> None:
    """The first failures on stderr, each with its file and record."""
    for failure in done.failed[:PRINTED]:
        print_failure(failure)
    if done.failures > PRINTED:
        where = "--json lists them all"
        if done.failures > len(done.failed):
            where = f"all stand in {done.failures_file}" if done.failures_file else "--json lists the first thousand"
        note(f"… and {done.failures - PRINTED:,} more; {where}")
