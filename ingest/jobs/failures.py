"""What a job could not read: all of it is counted, the first of it kept in memory, and if there is more, all of it
written to a file; so a job whose every record fails takes no more memory than one where none does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ingest.model import Failure

KEPT = 1_000


class Failures:
    """The failures of one job. `first` are the first `KEPT` of `count`."""

    def __init__(self, file: Path | None = None) -> None:
        """`file`: where to write all of them once they are more than are kept; what stands there then goes."""
        self.first: list[Failure] = []
        self.count = 0
        self._file = file
        self._rows: list[Failure] = []
        self._begun = False

    def add(self, failure: Failure) -> None:
        self.count += 1
        if self.count <= KEPT:
            self.first.append(failure)
        elif self._file is not None:
            self._rows.append(failure)
            if len(self._rows) >= KEPT:
                self.written()

    def written(self) -> str:
        """Write what waits; the path of the file, or empty where there is none, since none is needed or to be had."""
        if self._rows and self._file is not None:
            lines = [] if self._begun else [_HEAD, *map(_line, self.first)]
            lines += map(_line, self._rows)
            self._rows.clear()
            try:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with self._file.open("a" if self._begun else "w", encoding="utf-8", errors="replace") as file:
                    file.writelines(lines)
            except OSError:
                # A job does not end because of a list of what it passed over; half a list is worse than none.
                with suppress(OSError):
                    self._file.unlink(missing_ok=True)
                self._file, self._begun = None, False
            else:
                self._begun = True
        return str(self._file) if self._begun else ""


_HEAD = "file\trecord\treason\n"


def _line(failure: Failure) -> str:
    cells: Sequence[str] = (failure.file, failure.record, failure.reason)
    return "\t".join(" ".join(cell.split()) for cell in cells) + "\n"
