"""What medgraph is built of: hashes that hold, a bill of materials, an audit that says when it was none."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from deploy import supply

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
GOOD = "click==8.5.1 \\\n    --hash=sha256:" + "a" * 64 + "\n"


def test_every_pin_has_its_hashes() -> None:
    pinned = supply.pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    assert {*supply.TOOLS, *supply.CARRIED} <= pinned.keys()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra, needed in project["optional-dependencies"].items():
        wanted += needed if extra != "gpu" else []  # for another Python than the pins are for
    names = {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", each)[0]).lower() for each in wanted}
    assert names <= pinned.keys()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "click==8.5.1\n",
        "click>=8 \\\n    --hash=sha256:" + "a" * 64 + "\n",
        GOOD + "rich==15.0.0\n",
        GOOD + GOOD,
        GOOD.replace("sha256", "md5"),
        GOOD + "--index-url x\n",
        GOOD + "rich @ https://example.org/rich.whl\n",
    ],
)
def test_what_is_no_pin_with_hashes_is_refused(text: str) -> None:
    assert supply.pins(GOOD) == {"click": "8.5.1"}
    with pytest.raises(supply.Unsound):
        supply.pins(text)


def test_what_is_installed_otherwise_is_told() -> None:
    assert supply.apart({"a": "1", "b": "2"}, {"a": "1", "b": "2", "c": "3"}) == []
    assert supply.apart({"a": "2", "b": "2"}, {"a": "1"}) == [
        "a 2 is installed, and pinned as 1",
        "b 2 is installed, and not pinned",
    ]


def options(file: str) -> list[list[str]]:
    """The words of each line of a file that installs with uv."""
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    text = re.sub(r"\$\((\w+)\)", r"\1", text)
    return [shlex.split(line, comments=True) for line in text.split("\n") if "uv pip install " in line]


@pytest.mark.parametrize("file", ["Makefile", "deploy/Dockerfile", "deploy/demo.sh"])
def test_what_installs_is_held_to_the_pins(file: str) -> None:
    assert options(file)
    for line in options(file):
        for option in ("--constraint", "--build-constraint"):
            assert line[line.index(option) + 1] == "constraints.txt"
        assert "--no-verify-hashes" not in line


@pytest.mark.parametrize("file", ["Makefile", "deploy/Dockerfile"])
def test_uv_itself_is_held_to_its_hash(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8").replace("$$", "$")
    by_pip = re.findall(r"pip install [^&\n]*--require-hashes --requirement \S*uv\.txt", text)
    assert len(by_pip) == 1
    (script,) = re.findall(r"sed -n '([^']+)' constraints\.txt", text)
    cut = subprocess.run(["sed", "-n", script, ROOT / "constraints.txt"], capture_output=True, text=True, check=True)
    assert list(supply.pins(cut.stdout)) == ["uv"]


def wheel(folder: Path) -> Path:
    """A package of nothing."""
    path = folder / "nothing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("nothing.py", "")
        archive.writestr("nothing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: nothing\nVersion: 1.0\n")
        archive.writestr(
            "nothing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("nothing-1.0.dist-info/RECORD", "")
    return path


def test_a_package_of_another_hash_is_not_installed(tmp_path: Path) -> None:
    """By the very options of the Makefile; its editable install takes what it needs in the same way."""
    (tmp_path / "here").mkdir()
    hashed = hashlib.sha256(wheel(tmp_path / "here").read_bytes()).hexdigest()
    (line,) = options("Makefile")
    words = line[line.index("install") + 1 :]
    words[words.index("--python") + 1] = sys.executable
    for number, (sha, refused) in enumerate(((hashed, False), ("0" * 64, True))):
        (tmp_path / "constraints.txt").write_text(f"nothing==1.0 \\\n    --hash=sha256:{sha}\n")
        done = subprocess.run(
            [UV, "pip", "install", *words, "--offline", "--no-cache", "--no-index", "--find-links", "here",
             "--target", str(tmp_path / str(number)), "nothing"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert bool(done.returncode) is refused, done.stderr
        assert (tmp_path / str(number) / "nothing.py").exists() is not refused


def bill(*components: str) -> bytes:
    listed = "".join(f"<component><name>{name}</name><version>1</version></component>" for name in components)
    return f'<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>{listed}</components></bom>'.encode()


def test_a_bill_lists_its_packages_by_their_normal_names() -> None:
    assert supply.components(bill("Jinja2", "py_serializable")) == {"jinja2": "1", "py-serializable": "1"}


def report(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


SOUND = {"name": "rich", "version": "15.0.0", "vulns": []}
SKIPPED = {"name": "click", "skip_reason": "not found"}


def test_an_audit_that_nobody_answered_says_that_it_was_none() -> None:
    for nothing in ("", "{}", report(), report(SKIPPED, SKIPPED)):
        answered, verdict = supply.told(nothing)
        assert not answered
        assert "NOT DONE" in verdict
    assert supply.told(report(SOUND)) == (True, "no known vulnerability in 1 packages")
    answered, verdict = supply.told(report(SOUND, SKIPPED))
    assert answered
    assert verdict == "no known vulnerability in 1 packages; NOT AUDITED: click"


def test_a_known_vulnerability_is_told_unless_it_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"id": "PYSEC-1", "fix_versions": ["16.0.0"], "aliases": ["CVE-2031-1"], "description": "."}
    found = report({**SOUND, "vulns": [known]}, SKIPPED)
    with pytest.raises(supply.Unsound, match=r"rich 15\.0\.0: PYSEC-1, mended in 16\.0\.0"):
        supply.told(found)
    monkeypatch.setitem(supply.ACCEPTED, "CVE-2031-1", "a part that we do not use")
    assert supply.told(found)[0]


def test_the_audit_is_asked_as_a_person_asks_it_where_no_network_is() -> None:
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "NO_PROXY": "", "no_proxy": ""}
    done = subprocess.run(
        [sys.executable, ROOT / "deploy" / "supply.py", "audit"],
        env={**os.environ, **nowhere}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("audit: AUDIT NOT DONE")


def test_an_unknown_command_prints_how_it_is_called() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "deploy" / "supply.py", "x"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "supply.py pins" in done.stdout
