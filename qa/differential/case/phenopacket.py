"""GA4GH phenopackets of version 2 (doi:10.1038/s41587-022-01357-4), read and written as their JSON.

What a packet says of the diagnosis (`interpretations`, `diseases`) is not read but for the age at which it began: it is
what is asked for. Keys are those of the protocol's JSON, in camel case or as they are in its definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.differential.model import Case, Ranking, Sex, Told

_DURATION = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T.*)?", re.IGNORECASE
)
_SEXES: Mapping[str, Sex] = {
    "FEMALE": "female", "MALE": "male", "UNKNOWN_SEX": "", "OTHER_SEX": "",
    "1": "female", "2": "male", "0": "", "3": "",
}  # fmt: skip
"""By name, or by number as the protocol has it."""
_OF_VERSION_1 = ("genes", "variants", "htsFiles")
_ONSETS_OF_VERSION_1 = ("ageOfOnset", "ageRangeOfOnset", "classOfOnset")
_DAYS = 365.25
_SEVERITY = {"severe": ("HP:0012828", "Severe"), "mild": ("HP:0012825", "Mild")}
_RESOURCES = {
    "HP": ("hp", "Human Phenotype Ontology", "http://purl.obolibrary.org/obo/hp.owl", "http://purl.obolibrary.org/obo/HP_"),
    "MONDO": ("mondo", "Mondo Disease Ontology", "http://purl.obolibrary.org/obo/mondo.owl",
              "http://purl.obolibrary.org/obo/MONDO_"),
    "DOID": ("doid", "Human Disease Ontology", "http://purl.obolibrary.org/obo/doid.owl",
             "http://purl.obolibrary.org/obo/DOID_"),
    "OMIM": ("omim", "Online Mendelian Inheritance in Man", "https://omim.org", "https://omim.org/entry/"),
    "ORPHA": ("orpha", "Orphanet", "https://www.orpha.net", "http://www.orpha.net/ORDO/Orphanet_"),
    "MESH": ("mesh", "Medical Subject Headings", "https://www.nlm.nih.gov/mesh", "http://id.nlm.nih.gov/mesh/"),
}  # fmt: skip
"""By prefix: id, name, address of the whole and of one term."""


@dataclass(frozen=True, slots=True)
class Packet:
    """A phenopacket read: its id, the case that it tells, and the papers that it is from as CURIEs."""

    id: str
    told: Told
    papers: frozenset[str] = frozenset()


class Unreadable(ValueError):
    """What is no phenopacket of version 2. `where` is the field, empty for the whole; `what` says what is wrong there
    and holds nothing of the packet, as the message does."""

    def __init__(self, what: str, where: str = "", *value: object) -> None:
        super().__init__(f"{where} is {value[0]!r}; {what}" if value else f"{where} {what}".strip())
        self.what, self.where, self.value = what, where, value


def packet_of(data: object) -> Packet:
    """The packet in parsed JSON; of a family its proband. Raises Unreadable, which names the field."""
    if not isinstance(data, dict):
        raise Unreadable("the file is no object")
    if "proband" not in data:
        return _packet(data)
    try:
        return _packet(_object(data["proband"], ""))
    except Unreadable as error:
        raise Unreadable(error.what, f"proband.{error.where}".rstrip("."), *error.value) from error


def _packet(top: Mapping[str, Any]) -> Packet:
    _version_2(top)
    subject = _object(top.get("subject", {}), "subject")
    observed: list[str] = []
    excluded: list[str] = []
    labels: dict[str, str] = {}
    for place, feature in enumerate(_list(top, "phenotypicFeatures")):
        where = f"phenotypicFeatures[{place}]"
        entry = _object(feature, where)
        id, label = _term(entry.get("type"), f"{where}.type")
        if label:
            labels[id] = label
        denied = entry.get("excluded", False)
        if not isinstance(denied, bool):
            raise Unreadable("true or false is expected", f"{where}.excluded", denied)
        (excluded if denied else observed).append(id)
    age, onset = _age(_get(subject, "timeAtLastEncounter"), "subject.timeAtLastEncounter"), _onset(top)
    told = Told(
        observed=tuple(dict.fromkeys(observed)),
        excluded=tuple(dict.fromkeys(excluded)),
        # Who had fallen ill was at least so old when seen: ages are often told in whole years.
        age=age if age is None or onset is None else max(age, onset),
        onset=onset,
        sex=_sex(subject.get("sex")),
        drugs=tuple(dict.fromkeys(_drugs(top))),
        labels=labels,
    )
    return Packet(str(top.get("id", "")), told, frozenset(_papers(top)))


def phenopacket_of(case: Case, ranking: Ranking | None = None, *, id: str = "case", created: str) -> dict[str, Any]:
    """A phenopacket of version 2 as JSON: the case, and the candidates of a ranking as interpretations in progress.

    `created` is the time in ISO 8601.
    """
    features = [
        {"type": {"id": finding.ids[0], "label": finding.name or finding.told}}
        | ({"excluded": True} if denied else {})
        | _severity(finding.severity)
        for denied, findings in ((False, case.observed), (True, case.excluded))
        for finding in findings
        if finding.ids
    ]
    subject: dict[str, Any] = {"id": id, "sex": {"female": "FEMALE", "male": "MALE"}.get(case.sex, "UNKNOWN_SEX")}
    if case.age is not None:
        subject["timeAtLastEncounter"] = {"age": {"iso8601duration": duration_of(case.age)}}
    packet: dict[str, Any] = {"id": id, "subject": subject, "phenotypicFeatures": features}
    if case.onset is not None:
        onset = {"age": {"iso8601duration": duration_of(case.onset)}}
        packet["diseases"] = [{"term": {"id": "MONDO:0000001", "label": "disease"}, "onset": onset}]
    if ranking is not None and ranking.candidates:
        packet["interpretations"] = [
            {
                "id": f"{id}-{place}",
                "progressStatus": "IN_PROGRESS",
                "diagnosis": {"disease": {"id": candidate.id, "label": candidate.name}},
                "summary": f"candidate {place}, probability {candidate.probability:.4f}",
            }
            for place, candidate in enumerate(ranking.candidates, start=1)
        ]
    if case.drugs:
        packet["medicalActions"] = [
            {"treatment": {"agent": {"id": ids[0], "label": name}}} for name, ids in case.drugs.items() if ids
        ]
    packet["metaData"] = {
        "created": created,
        "createdBy": "medgraph",
        "resources": [_resource(prefix) for prefix in sorted(set(_prefixes(packet)))],
        "phenopacketSchemaVersion": "2.0",
    }
    if case.papers:
        packet["metaData"]["externalReferences"] = [{"id": paper} for paper in sorted(case.papers)]
    return packet


def years_of(duration: str, where: str) -> float:
    """An age in ISO 8601, such as P3Y6M, in years. Raises Unreadable, which names the field `where`."""
    match = _DURATION.fullmatch(duration.strip()) if isinstance(duration, str) else None
    if match is None or not any(match.groups()):
        raise Unreadable("an age in ISO 8601 such as P3Y6M is expected", where, duration)
    years, months, weeks, days = (float(part or 0) for part in match.groups())
    return years + months / 12 + (weeks * 7 + days) / _DAYS


def duration_of(years: float) -> str:
    """An age in years in ISO 8601, to the day."""
    whole = int(years)
    months = int((years - whole) * 12 + 1e-9)
    days = round((years - whole - months / 12) * _DAYS)
    parts = [f"{whole}Y" if whole else "", f"{months}M" if months else "", f"{days}D" if days else ""]
    return f"P{''.join(parts) or '0D'}"


def _version_2(top: Mapping[str, Any]) -> None:
    meta = _object(_get(top, "metaData") or {}, "metaData")
    version = str(_get(meta, "phenopacketSchemaVersion") or "")
    told = [entry for key in ("phenotypicFeatures", "diseases") for entry in _list(top, key) if isinstance(entry, dict)]
    old = version.startswith("1") or any(_get(top, key) is not None for key in _OF_VERSION_1)
    old = old or any(_get(entry, key) is not None for entry in told for key in ("negated", *_ONSETS_OF_VERSION_1))
    if old or _get(_object(top.get("subject", {}), "subject"), "ageAtCollection") is not None:
        raise Unreadable("a phenopacket of version 1; version 2 is read (phenopacket-tools converts)")
    if "members" in top:
        raise Unreadable("a cohort; give the phenopacket of one person")
    if not any(_get(top, key) for key in ("phenotypicFeatures", "subject", "metaData")):
        raise Unreadable("no phenopacket: it has neither phenotypicFeatures nor subject nor metaData")


def _sex(value: object) -> Sex:
    """The sex that a packet tells; empty where it tells none, or another."""
    word = "UNKNOWN_SEX" if value is None else str(value).upper()
    if word not in _SEXES:
        raise Unreadable("FEMALE, MALE, OTHER_SEX or UNKNOWN_SEX is expected", "subject.sex", value)
    return _SEXES[word]


def _onset(top: Mapping[str, Any]) -> float | None:
    """The earliest age at which a disease of the packet began; where none is told, a finding."""
    for key in ("diseases", "phenotypicFeatures"):
        entries = [(f"{key}[{place}]", entry) for place, entry in enumerate(_list(top, key))]
        ages = [_age(_object(entry, where).get("onset"), f"{where}.onset") for where, entry in entries]
        if told := [age for age in ages if age is not None]:
            return min(told)
    return None


def _age(value: object, where: str) -> float | None:
    """The age that a time element tells, in years; None where it tells none."""
    if value is None:
        return None
    element = _object(value, where)
    if "age" in element:
        age = _object(element["age"], f"{where}.age")
        return years_of(age.get("iso8601duration", ""), f"{where}.age.iso8601duration")
    if (span := _get(element, "ageRange")) is not None:
        start = _object(_object(span, f"{where}.ageRange").get("start", {}), f"{where}.ageRange.start")
        return years_of(start.get("iso8601duration", ""), f"{where}.ageRange.start.iso8601duration")
    return None


def _drugs(top: Mapping[str, Any]) -> Iterator[str]:
    for place, entry in enumerate(_list(top, "medicalActions")):
        where = f"medicalActions[{place}]"
        treatment = _object(entry, where).get("treatment")
        if treatment is not None:
            id, label = _term(_object(treatment, f"{where}.treatment").get("agent"), f"{where}.treatment.agent")
            yield label or id


def _papers(top: Mapping[str, Any]) -> Iterator[str]:
    meta = _object(_get(top, "metaData") or {}, "metaData")
    for place, entry in enumerate(_list(meta, "externalReferences")):
        id = _object(entry, f"metaData.externalReferences[{place}]").get("id", "")
        if isinstance(id, str) and ":" in id:
            yield id.strip()


def _term(value: object, where: str) -> tuple[str, str]:
    term = _object(value, where)
    id, label = term.get("id"), term.get("label", "")
    if not isinstance(id, str) or ":" not in id:
        raise Unreadable("a CURIE such as HP:0001945 is expected", f"{where}.id", id)
    return id.strip(), label if isinstance(label, str) else ""


def _get(entry: Mapping[str, Any], key: str) -> Any:
    return entry.get(key, entry.get(re.sub("([A-Z])", lambda letter: f"_{letter[1].lower()}", key)))


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("is no object", where)
    return value


def _list(entry: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = _get(entry, key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Unreadable("is no list", key)
    return value


def _severity(word: str) -> dict[str, Any]:
    if word not in _SEVERITY:
        return {}
    id, label = _SEVERITY[word]
    return {"severity": {"id": id, "label": label}}


def _prefixes(value: object) -> Iterator[str]:
    """The prefixes of all terms in a packet."""
    if isinstance(value, dict):
        if {"id", "label"} <= value.keys():
            yield str(value["id"]).partition(":")[0]
        for inner in value.values():
            yield from _prefixes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _prefixes(inner)


def _resource(prefix: str) -> dict[str, str]:
    id, name, url, term = _RESOURCES.get(
        prefix,
        (prefix.lower(), prefix, f"https://bioregistry.io/{prefix.lower()}", f"https://bioregistry.io/{prefix}:"),
    )
    return {
        "id": id, "name": name, "url": url, "version": "as loaded", "namespacePrefix": prefix, "iriPrefix": term
    }  # fmt: skip
