"""`medgraph keys`: who may ask the server, and for what."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from api.cli.common import emit, json_option, note

if TYPE_CHECKING:
    from api.callers.model import Scope
    from api.callers.table import Key, KeyTable

SCOPES: tuple[Scope, ...] = ("read", "write", "admin", "metrics")


@click.group("keys", short_help="Make, list and revoke the API keys of the server.")
def command() -> None:
    """Who may ask the server, and for what. A server that runs follows at once, without a restart.

    Once a key was made, the server asks everybody for one, on loopback too; revoking the last one lets nobody in.

    \b
    medgraph keys add ward-7 --label public --label ward:7 --scope write --expires 90d
    medgraph keys list
    medgraph keys revoke ward-7
    """


@command.command("add", short_help="Make a key and print it, this once.")
@click.argument("name")
@click.option(
    "--label",
    "labels",
    multiple=True,
    metavar="LABEL",
    help="An access label that it holds, such as public or patient:42. Repeatable. Default: public alone.",
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    help="Repeatable. read: ask and look up. write: also add documents, and change or delete those of its owner. "
    "admin: also change what others wrote, where its labels show it, and see all jobs. metrics: read /metrics, and "
    "nothing else. Default: read.",
)
@click.option(
    "--owner",
    metavar="OWNER",
    help="Whose the documents are that it sends in; a key that takes another's place has the same. Default: NAME.",
)
@click.option(
    "--expires", metavar="DAY", help="The last day on which it is good: 2027-01-31, or 90d from now. Default: never."
)
@json_option
def add(
    name: str, labels: tuple[str, ...], scopes: tuple[Scope, ...], owner: str | None, expires: str | None, as_json: bool
) -> None:
    """Make the key NAME and print it. It is kept hashed: nobody can show it again. NAME stands in the trail, and is
    given once, also after the key was revoked.

    \b
    medgraph keys add ward-7-2027 --owner ward-7 --label ward:7 --scope write    to exchange the key ward-7
    """
    from api.callers.table import today
    from api.settings import labels as read_labels

    owner = owner or name
    for word in (name, owner):
        _check_name(word)
    last = None if expires is None else _day(expires, today())
    held, may = read_labels(labels) if labels else frozenset({"public"}), scopes or ("read",)
    with _table() as (table, named):
        if name in named:
            raise click.UsageError(f"MEDGRAPH_API_KEYS holds a key named {name}: give another name")
        _put_down(f"key:{name}", *(f"{scope} scope" for scope in may), *held)
        key = table.add(name, owner=owner, labels=held, scopes=may, expires=last)
        granted = table.granted(owner)
    if as_json:
        until = last and last.isoformat()
        emit({"key": key, "name": name, "owner": owner, "labels": sorted(held), "scopes": list(may), "expires": until})
        return
    note(f"{name} is made; this is the only time that its key is shown")
    if granted:
        note(f"it also holds the {len(granted):,} labels that were granted to {owner}")
    click.echo(key)


@command.command("list", short_help="List the keys, without their secrets.")
@json_option
def every(as_json: bool) -> None:
    """Name, state, scopes, labels, owner, and the days on which a key was made, is good until and was last sent. Keys
    of MEDGRAPH_API_KEYS are listed, too: they are changed there."""
    from api.callers.table import today
    from api.settings import Settings

    settings = Settings.read()
    with _table() as (table, _):
        rows = [_row(key, key.state(today())) for key in table.every()]
    for given in settings.keys.values():
        gone = given.expires is not None and given.expires < today()
        rows.append(
            {
                "name": given.name,
                "state": "expired" if gone else "good",
                "owner": given.whose,
                "labels": sorted(given.labels),
                "scopes": sorted(given.scopes),
                "created": None,
                "expires": given.expires and given.expires.isoformat(),
                "revoked": None,
                "used": None,
                "set": "MEDGRAPH_API_KEY" if given.name == "key" else "MEDGRAPH_API_KEYS",
            }
        )
    if as_json:
        emit({"keys": rows})
    elif rows:
        _print_rows(rows)
    else:
        note("no keys: the server listens on loopback alone, and asks nobody for one")


@command.command("revoke", short_help="Let a key open nothing from now on.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@json_option
def revoke(names: tuple[str, ...], as_json: bool) -> int:
    """Revoke keys by their names; at once, and for good. What they wrote stays, and is their owner's."""
    from api.errors import NotFound
    from api.problems import NOT_FOUND, OK

    missing = []
    with _table() as (table, named):
        _put_down(*(f"key:{name}" for name in names))
        for name in names:
            try:
                table.revoke(name)
            except NotFound:
                missing.append(name)
    if as_json:
        emit({"revoked": len(names) - len(missing), "missing": missing})
    else:
        click.echo(f"{len(names) - len(missing):,} revoked")
        for name in missing:
            note(f"no key is named {name}" + ("; take it out of MEDGRAPH_API_KEYS" if name in named else ""))
    return NOT_FOUND if missing else OK


@command.command("grants", short_help="List, add or take back the labels that owners hold beside their keys' own.")
@click.argument("owner", required=False)
@click.option("--add", "added", multiple=True, metavar="LABEL", help="Grant this label to OWNER. Repeatable.")
@click.option("--take-back", "taken", multiple=True, metavar="LABEL", help="Take it back. Repeatable.")
@json_option
def grants(owner: str | None, added: tuple[str, ...], taken: tuple[str, ...], as_json: bool) -> None:
    """A key that brings in a patient's record is granted the patient's label, and so is every key of its owner.

    \b
    medgraph keys grants
    medgraph keys grants ward-7 --take-back patient:5d41402abc4b2a76
    """
    from api.settings import labels as read_labels

    if (added or taken) and owner is None:
        raise click.UsageError("name the OWNER whose labels are to be changed")
    with _table() as (table, _):
        if owner is not None and (added or taken):
            _put_down(f"owner:{owner}", *added, *taken)
        if owner is not None and added:
            table.grant(owner, read_labels(added))
        if owner is not None and taken:
            table.take_back(owner, read_labels(taken))
        rows = [(whose, label) for whose, label in table.grants() if owner in (None, whose)]
    if as_json:
        emit({"grants": [{"owner": whose, "label": label} for whose, label in rows]})
        return
    for whose, label in rows:
        click.echo(f"{whose:<24}{label}")
    if not rows:
        note("nothing is granted" + ("" if owner is None else f" to {owner}"))


@contextmanager
def _table() -> Iterator[tuple[KeyTable, frozenset[str]]]:
    """The keys of the home, and the names of those that are set."""
    from api.cli.common import opened

    with opened() as parts:
        yield parts.keys(), frozenset(given.name for given in parts.settings.keys.values())


def _put_down(*names: str) -> None:
    """Have the trail tell which keys, or whose, are changed."""
    from api.audit.visit import current

    visit = current()
    if visit is not None:
        visit.touch(names)


def _check_name(word: str) -> None:
    from api.callers.given import NAME, RESERVED

    if not NAME.fullmatch(word) or word in RESERVED:
        raise click.UsageError(
            "a name holds up to 64 letters, digits and . _ @ - and begins with a letter or digit; "
            f"{' and '.join(sorted(RESERVED))} are taken"
        )


def _day(said: str, today: date) -> date:
    days = re.fullmatch(r"(\d{1,5})d", said)
    try:
        day = today + timedelta(days=int(days[1])) if days else date.fromisoformat(said)
    except (ValueError, OverflowError):
        raise click.UsageError("--expires takes a day such as 2027-01-31, or a number of days such as 90d") from None
    if day < today:
        raise click.UsageError("--expires names a day that is past")
    return day


def _row(key: Key, state: str) -> dict[str, object]:
    days = {name: getattr(key, name) for name in ("created", "expires", "revoked", "used")}
    return {
        "name": key.name,
        "state": state,
        "owner": key.owner,
        "labels": sorted(key.labels),
        "scopes": sorted(key.scopes),
        **{name: day and day.isoformat() for name, day in days.items()},
        "set": None,
    }


def _print_rows(rows: Sequence[dict[str, object]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("name", "state", "scopes", "labels", "owner", "created", "good until", "last sent"):
        table.add_column(column, overflow="fold")
    for row in rows:
        words = [row[name] for name in ("name", "state", "scopes", "labels", "owner", "created", "expires", "used")]
        table.add_row(*(" ".join(word) if isinstance(word, list) else str(word or "") for word in words))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
