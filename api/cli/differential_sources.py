"""What `medgraph differential` reads of files and records besides what is told, and the phenopacket that it writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.differential import Ranked
    from api.schemas.state import FailureOut
    from api.wiring import Parts
    from qa.differential.model import Told


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a case is read from; `own` leaves out what the papers of the phenopacket state."""

    phenopacket: Path | None = None
    own: bool = False
    bundle: Path | None = None
    patient: str | None = None

    def joined(self, told: Told) -> tuple[Told, Sequence[FailureOut]]:
        """The case with what the files say, and what of a bundle could not be read; what is told counts first. Raises
        UnreadableSource."""
        from api import cases
        from api.cli.common import note

        failed: Sequence[FailureOut] = ()
        if self.phenopacket is not None:
            packet = cases.of_phenopacket(self.phenopacket)
            told = replace(cases.joined(told, packet.told), papers=told.papers | (packet.papers if self.own else set()))
        if self.bundle is not None:
            read, failed = cases.of_bundle(self.bundle)
            for failure in failed:
                note(f"not read: {failure.file}{': ' + failure.record if failure.record else ''}: {failure.reason}")
            told = cases.joined(told, read)
        return told, failed

    def with_patient(self, parts: Parts, told: Told, access: frozenset[str] | None) -> Told:
        """The case with what the record of the patient says. Raises UnknownEntity."""
        from api import cases
        from api.cli.ask import all_labels
        from api.patients import label_of
        from api.settings import labels

        if self.patient is None:
            return told
        (label,) = labels((label_of(self.patient),)) or ("",)
        seen = access if access is not None else all_labels(parts.graph().sources())
        return cases.joined(told, cases.of_patient(parts, label, seen))


def write(ranked: Ranked, path: Path) -> None:
    """Write a case and its candidates as a phenopacket of version 2. Raises OutputUnavailable, OutputFull."""
    import errno
    import json
    from datetime import UTC, datetime

    from ingest.errors import OutputFull, OutputUnavailable
    from qa.differential.case.phenopacket import phenopacket_of
    from storage.private import as_asked

    created = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    packet = phenopacket_of(ranked.ranking.case, ranked.ranking, id=path.stem, created=created)
    text = json.dumps(packet, ensure_ascii=False, indent=2) + "\n"
    try:
        with as_asked():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        kind = OutputFull if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else OutputUnavailable
        raise kind(f"{path}: {error.strerror or error}") from error
