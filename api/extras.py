"""How an optional part of medgraph is installed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from api.settings import CHECKOUT


def install(extra: str) -> str:
    """The command that installs an extra into this environment."""
    pinned = CHECKOUT / "constraints.txt"
    return _pip(f"-e '{CHECKOUT}[{extra}]'" + (f" -c '{pinned}'" if pinned.is_file() else ""))


def install_alone(package: str) -> str:
    """The command that installs a package of data without its dependencies, which are old and not needed to read it."""
    return _pip(f"--no-deps {package}")


def _pip(what: str) -> str:
    uv = Path(sys.prefix) / "bin" / "uv"
    tool = str(uv) if uv.is_file() else shutil.which("uv")
    return f"{tool} pip install -p {sys.executable} {what}" if tool else f"{sys.executable} -m pip install {what}"
