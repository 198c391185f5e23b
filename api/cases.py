"""Cases out of files and records, for every door: phenopackets, FHIR bundles, stored patients."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api import records
from api.errors import UnreadableRecord
from api.schemas.state import FailureOut
from ingest.errors import UnreadableSource
from qa.differential.case.phenopacket import Packet, Unreadable, packet_of
from qa.differential.case.record import told_by
from qa.differential.model import Told

if TYPE_CHECKING:
    from api.wiring import Parts

_LARGEST = 20_000_000
"""Bytes of a phenopacket at most."""


def of_phenopacket(path: Path) -> Packet:
    """What a file with a GA4GH phenopacket of version 2 tells. Raises UnreadableSource, which names file and field."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableSource(f"{path.name}: more than the {_LARGEST:,} bytes that a phenopacket may have")
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        packet = packet_of(data)
    except OSError as error:
        raise UnreadableSource(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{path.name}: no UTF-8 text") from error
    except RecursionError as error:
        raise UnreadableSource(f"{path.name}: nested too deeply") from error
    except json.JSONDecodeError as error:
        raise UnreadableSource(f"{path.name}: no JSON: line {error.lineno}: {error.msg}") from error
    except Unreadable as error:
        raise UnreadableSource(f"{path.name}: {error}") from error
    except ValueError as error:
        raise UnreadableSource(f"{path.name}: a number of too many digits") from error
    return packet


def of_patient(parts: Parts, patient: str, access: frozenset[str]) -> Told:
    """What the record of the patient with this label tells. Raises UnknownEntity, and what the graph raises."""
    record = records.of_patient(parts, patient, access)
    return told_by(record.rows, record.entities, record.about)


def of_bundle(path: Path) -> tuple[Told, Sequence[FailureOut]]:
    """What a FHIR file of one patient tells, and what of it could not be read; nothing of it is kept.

    Raises UnreadableSource, also for a file of several patients.
    """
    record = records.of_bundle(path)
    return told_by(record.rows, record.entities, record.about), record.failed


def of_packet(packet: Mapping[str, Any]) -> Packet:
    """What a phenopacket in memory tells. Raises UnreadableRecord, which names the field."""
    try:
        return packet_of(packet)
    except Unreadable as error:
        raise UnreadableRecord(f"body.phenopacket.{error.where}".rstrip("."), error.what) from error


def of_resource(resource: Mapping[str, Any]) -> tuple[Told, Sequence[FailureOut]]:
    """What a FHIR bundle or resource in memory tells, and what of it could not be read. Raises UnreadableRecord."""
    record = records.of_resource(resource)
    return told_by(record.rows, record.entities, record.about), record.failed


def joined(told: Told, read: Told) -> Told:
    """What is told with what is read of a file or record; what is told counts first."""
    return replace(
        told,
        observed=tuple(dict.fromkeys((*told.observed, *read.observed))),
        excluded=tuple(dict.fromkeys((*told.excluded, *read.excluded))),
        text="\n".join(text for text in (told.text, read.text) if text),
        age=told.age if told.age is not None else read.age,
        onset=told.onset if told.onset is not None else read.onset,
        sex=told.sex or read.sex,
        conditions=tuple(dict.fromkeys((*told.conditions, *read.conditions))),
        drugs=tuple(dict.fromkeys((*told.drugs, *read.drugs))),
        labels={**read.labels, **told.labels},
    )
