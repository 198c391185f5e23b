"""The errors of the doors.

    ApiError
    ├── BadSettings       a setting that cannot be used; the message names the variable
    ├── MissingExtra      an optional dependency is not installed; the message is the command that installs it
    ├── HomeUnavailable   the folder of MEDGRAPH_HOME cannot be made or written
    ├── HomeFull          no space is left in MEDGRAPH_HOME
    ├── HomeCorrupt       a file of MEDGRAPH_HOME is damaged, or is another program's
    ├── AddressInUse      the server cannot listen where it was told to
    ├── NotStarted        the server ended before it answered
    ├── Busy              another process ingests; try again later
    ├── NotFound          no such document or job
    ├── Taken             a name that another key has, or had
    ├── UnknownPatient    no such patient, or none that whoever asks may see: never told which
    ├── NoRanking         no ranking of this id is kept for whoever asks
    ├── UnknownName       no drug, or no disease, is named so; holds the nearest names, or what is named so instead
    ├── BadCursor         a word for a page that this list did not give
    ├── NothingLoaded     no source of what is asked about is loaded, or none that the licence asked for opens
    ├── UnreadableRecord  a record that came in a request and cannot be read; holds where, and what is wrong
    ├── BadUpload         an upload without a file, or more than the server takes
    ├── QueueFull         whoever sends has as much in the queue as one may
    └── Forbidden         the key does not hold a label that was asked for

`problems` says which HTTP status and which exit code each of them, and each error of the other rooms, becomes.
"""

from __future__ import annotations


class ApiError(Exception):
    """Any failure at the doors."""


class BadSettings(ApiError):
    """A setting that cannot be used."""


class MissingExtra(ApiError):
    """An optional dependency is not installed."""


class HomeUnavailable(ApiError):
    """The folder of MEDGRAPH_HOME cannot be made or written."""


class HomeFull(ApiError):
    """No space is left in MEDGRAPH_HOME."""


class HomeCorrupt(ApiError):
    """A file of MEDGRAPH_HOME is damaged, or is another program's."""


class AddressInUse(ApiError):
    """The server cannot listen where it was told to."""


class NotStarted(ApiError):
    """The server ended before it answered."""


class Busy(ApiError):
    """Another process ingests; try again later."""


class NotFound(ApiError):
    """No such document or job."""


class Taken(ApiError):
    """A name that another key has, or had."""


class UnknownPatient(NotFound):
    """No such patient, or none that whoever asks may see: the same is said of both, so nobody learns who is here."""

    def __init__(self) -> None:
        super().__init__("no such patient")


class UnknownName(NotFound):
    """Nothing of the kind asked for is named so. `members` hold names of the graph: whoever asked may be told them."""

    def __init__(self, message: str, **members: object) -> None:
        super().__init__(message)
        self.members = members


class NoRanking(NotFound):
    """No ranking of this id is kept for whoever asks."""


class BadCursor(ApiError):
    """A word for a page that this list did not give."""


class NothingLoaded(ApiError):
    """No source of what is asked about is loaded, or none that the licence asked for opens."""


class BadUpload(ApiError):
    """An upload without a file, or more than the server takes."""


class QueueFull(ApiError):
    """Whoever sends documents has as much waiting to be read as one may have."""


class UnreadableRecord(ApiError):
    """A record that came in a request and cannot be read. `members` say where and what is wrong; they hold nothing of
    the record."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.members = {"errors": [{"where": where, "what": what}]}


class Forbidden(ApiError):
    """The key does not hold a label that was asked for."""
