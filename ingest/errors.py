"""The errors of ingestion.

    IngestError
    ├── UnreadableSource   a path that is missing, not readable, or of no known format
    ├── LicenceNotAccepted a source whose licence the user has not accepted by name; nothing was written
    ├── BadMapping         a YAML that says how a table is read, and cannot be followed; nothing was read
    ├── MalformedFile      a file that breaks off or is not what it claims; the job goes on with the next file
    ├── WeightsUnavailable weights are not there, or cannot be run
    ├── LedgerUnavailable  the ledger cannot be opened or read
    ├── LedgerFull         no space is left for the ledger
    ├── LedgerCorrupt      the ledger is damaged, or is no ledger
    ├── OutputUnavailable  what is tagged cannot be written where it was to go
    └── OutputFull         no space is left for what is tagged

A malformed *record* is no exception: readers yield it as a Failure.
"""

from __future__ import annotations


class IngestError(Exception):
    """Any failure of ingestion."""


class UnreadableSource(IngestError):
    """A path that is missing, not readable, or of no known format."""


class BadMapping(IngestError):
    """A YAML that says how a table is read, and cannot be followed: the message names file and key."""


class LicenceNotAccepted(IngestError):
    """A source whose licence the user has not accepted by name. Nothing was written."""


class MalformedFile(IngestError):
    """A file that breaks off or is not what it claims. `record` says how far reading came."""

    def __init__(self, file: str, record: str, reason: str) -> None:
        super().__init__(f"{file}: {record + ': ' if record else ''}{reason}")
        self.file, self.record, self.reason = file, record, reason


class LedgerUnavailable(IngestError):
    """The ledger cannot be opened or read."""


class LedgerFull(IngestError):
    """No space is left for the ledger."""


class LedgerCorrupt(IngestError):
    """The ledger is damaged, or is no ledger."""


class OutputUnavailable(IngestError):
    """What is tagged cannot be written where it was to go."""


class OutputFull(IngestError):
    """No space is left for what is tagged."""


class WeightsUnavailable(IngestError):
    """The weights of a recognizer, a linker or a relator are not there, or cannot be run."""
