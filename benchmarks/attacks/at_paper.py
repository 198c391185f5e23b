"""Points 15 and 16: what is promised on paper, and Neo4j."""

from __future__ import annotations

import re
import subprocess
from shutil import which

from attacks.house import ROOT
from attacks.registry import Seen, attack
from attacks.stage import Stage


def _text(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names if (ROOT / name).is_file())


@attack("15-security-page", 15)
def security_page(_: Stage) -> Seen:
    text = _text("SECURITY.md").lower()
    wanted = ("report", "threat", "promise", "not")
    lacking = [word for word in wanted if word not in text]
    return Seen(
        bool(text) and not lacking and len(text.split()) < 1600, f"{len(text.split())} words, lacking {lacking}"
    )


@attack("15-audit-of-packages-in-lint", 15)
def lint_audits(_: Stage) -> Seen:
    got = subprocess.run(
        [which("make") or "make", "-n", "lint"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    audit = bool(re.search(r"pip-audit|osv|safety|audit", got))
    bom = bool(re.search(r"cyclonedx|sbom|spdx|syft", got, re.I))
    return Seen(audit and bom, f"audit {audit}, list of parts {bom}")


@attack("16-what-community-cannot", 16)
def community(_: Stage) -> Seen:
    paths = [p for p in (ROOT / "deploy").rglob("*") if p.is_file() and p.suffix in {".md", ".py", ".yaml", ".sh", ""}]
    text = "\n".join(p.read_text("utf-8", "replace") for p in paths) + _text("README.md", "SECURITY.md")
    said = re.search(r"Community[^.\n]{0,200}(cannot|does not|no role|every user|any user)", text, re.I)
    return Seen(bool(said), "said" if said else "not said")
