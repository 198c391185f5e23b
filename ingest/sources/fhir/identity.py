"""Which resource is meant: a server and what it calls the resource, told by an address or a reference.

An id holds within the resource that contains it, or within one server (https://hl7.org/fhir/R4/references.html): two
patients `1` of two servers are two people. Where no server is told, a bundle's own link or the one server of its
entries stands for it; without those, ids are of one nameless server, so that exports that follow one another meet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from ingest.sources.fhir.resource import Resource
from ingest.sources.fhir.standing import Refused

_LOCAL = re.compile(r"(?:(.*)/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]{1,64})(?:/_history/([^/]+))?/?(?:#.*)?")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_PORT = re.compile(r":(?:80|443)$")
_BELOW = re.compile(
    r"(.*?)(?:/[A-Z][a-z][A-Za-z]+(?:/[A-Za-z0-9.\-]{1,64})?)?(?:/_history(?:/[^/]*)?|/_search|/\$[\w-]+)?/?"
)


@dataclass(frozen=True, slots=True)
class Name:
    """What an address names: `local` is `Kind/id` or `urn:uuid:…`; `server` is None where none is told."""

    local: str
    server: str | None = None
    version: int = 0


def name_of(address: object) -> Name | None:
    """What an address, or the text of a reference, names; None where it names nothing by id."""
    if not isinstance(address, str) or address.startswith("#"):
        return None
    if address.startswith(("urn:uuid:", "urn:oid:")):
        return Name(address)
    match = _LOCAL.fullmatch(address)
    if not match:
        return None
    version = int(match[4]) if match[4] and match[4].isdecimal() and len(match[4]) < 18 else 0
    return Name(f"{match[2]}/{match[3]}", _server(match[1]) if match[1] else None, version)


def server_of(address: object) -> str:
    """The server of an address within it, such as a bundle's link to itself: `a.example/fhir`; empty where none is."""
    if not isinstance(address, str) or not _WEB.match(address):
        return ""
    match = _BELOW.fullmatch(re.split(r"[?#]", address)[0])
    return _server(match[1]) if match else ""


def subject_of(resource: Resource) -> str:
    """What the resource says that it is about, as it refers to it. Raises Refused where it names no patient."""
    subject = resource.get("subject") or resource.get("patient")
    referred = subject.get("reference") if isinstance(subject, dict) else None
    if not isinstance(referred, str):
        raise Refused("no reference to a patient")
    if referred.startswith("#"):
        if contained(resource, referred).get("resourceType") != "Patient":
            raise Refused("about something other than a patient that it contains")
        return referred
    name = name_of(referred)
    if name is None and not _WEB.match(referred):
        raise Refused("no reference to a patient")
    if name is not None and "/" in name.local and not name.local.startswith("Patient/"):
        raise Refused("about something other than a patient")
    return referred


def contained(resource: Resource, reference: str) -> Resource:
    """The resource that one contains under `#id`; an empty one where it contains none."""
    inside = resource.get("contained")
    for one in inside if isinstance(inside, list) else ():
        if isinstance(one, dict) and f"#{one.get('id')}" == reference:
            return one
    return {}


def replaced_by(resource: Resource) -> tuple[str, ...]:
    """The documents that a document says it replaces, as it refers to them.

    What it appends, signs or transforms stands. One that it tells by an identifier alone is an empty text.
    """
    related = resource.get("relatesTo")
    targets = [
        one.get("target")
        for one in (related if isinstance(related, list) else ())
        if isinstance(one, dict) and one.get("code") == "replaces"
    ]
    named = [target.get("reference") if isinstance(target, dict) else None for target in targets]
    return tuple(one if isinstance(one, str) and not one.startswith("#") else "" for one in named)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where references stand: the server of a bundle, and what its entries are called in it alone."""

    server: str
    aliases: Mapping[str, str]

    def key(self, address: str, kind: str, server: str | None, holder: str = "") -> str:
        """The identity that an address or a reference stands for here: `server/Kind/id`, or `Kind/id` of no server.

        `server` is that of the entry that refers, None where it tells none; `holder` is the identity of that entry.
        """
        if address.startswith("#"):
            return f"{holder}{address}"
        name = name_of(address)
        if name is None:
            return self.aliases.get(address, address)
        if alias := self.aliases.get(address) or (not name.server and self.aliases.get(name.local)):
            return str(alias)
        if name.local.startswith("urn:"):
            return f"{kind}/{name.local.rpartition(':')[2]}"
        server = next((one for one in (name.server, server) if one is not None), self.server)
        return f"{server}/{name.local}" if server else name.local


def _server(address: str) -> str:
    """A server as it is compared: without scheme and usual port, its host in lower case."""
    bare = _WEB.sub("", unquote(address)).strip("/")
    host, slash, path = bare.partition("/")
    return _PORT.sub("", host.lower()) + slash + re.sub(r"/+", "/", path)
