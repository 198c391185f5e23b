"""Cases out of files, for every door."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableSource
from qa.differential.model import Sex, Told

_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T.*)?")
_YEARS = (1.0, 1 / 12, 7 / 365.25, 1 / 365.25)
_SEXES: Mapping[str, Sex] = {"FEMALE": "female", "MALE": "male"}


def of_phenopacket(path: Path) -> Told:
    """The case of a GA4GH phenopacket v2; its references are not left out, see `references`.

    Raises UnreadableSource naming the file and the field.
    """
    packet = _read(path)
    features = _list(path, packet, "phenotypicFeatures")
    observed: list[str] = []
    excluded: list[str] = []
    for place, feature in enumerate(features):
        id = feature.get("type", {}).get("id") if isinstance(feature.get("type"), dict) else None
        if not isinstance(id, str) or not id:
            raise UnreadableSource(f"{path.name}: phenotypicFeatures[{place}].type.id: an id is needed")
        (excluded if feature.get("excluded") is True else observed).append(id)
    subject = packet.get("subject") or {}
    onsets = [_age(one.get("onset")) for one in _list(path, packet, "diseases")]
    onset = next((onset for onset in onsets if onset is not None), None)
    age = _age(subject.get("timeAtLastEncounter"))
    return Told(
        observed=tuple(dict.fromkeys(observed)),
        excluded=tuple(dict.fromkeys(excluded)),
        # Who had fallen ill was at least so old when seen: ages are often told in whole years.
        age=age if age is None or onset is None else max(age, onset),
        onset=onset,
        sex=_SEXES.get(str(subject.get("sex", "")).upper(), ""),
    )


def references(path: Path) -> frozenset[str]:
    """The papers that a phenopacket says to be of. Raises UnreadableSource."""
    packet = _read(path)
    held = packet.get("metaData", {}).get("externalReferences", [])
    return frozenset(str(one["id"]) for one in held if isinstance(one, dict) and one.get("id"))


def _read(path: Path) -> dict[str, Any]:
    try:
        packet = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableSource(f"{path.name}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"{path.name}: no JSON: {error}") from None
    if not isinstance(packet, dict):
        raise UnreadableSource(f"{path.name}: a phenopacket is a JSON object")
    if "phenotypicFeatures" not in packet:
        raise UnreadableSource(f"{path.name}: phenotypicFeatures: not there; it is no phenopacket")
    return packet


def _list(path: Path, packet: Mapping[str, Any], field: str) -> Iterable[dict[str, Any]]:
    value = packet.get(field, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UnreadableSource(f"{path.name}: {field}: a list of objects is needed")
    return value


def _age(time: object) -> float | None:
    """The years of a time element."""
    if not isinstance(time, dict) or not isinstance(time.get("age"), dict):
        return None
    match = _DURATION.fullmatch(str(time["age"].get("iso8601duration", "")))
    if match is None:
        return None
    return sum(float(number or 0) * years for number, years in zip(match.groups(), _YEARS, strict=True))
