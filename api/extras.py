"""How an optional part of medgraph is installed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from api.settings import CHECKOUT


def install(extra: str) -> str:
    """The command that installs an extra into this environment."""
    uv = Path(sys.prefix) / "bin" / "uv"
    tool = str(uv) if uv.is_file() else shutil.which("uv")
    pinned = CHECKOUT / "constraints.txt"
    target = f"-e '{CHECKOUT}[{extra}]'" + (f" -c '{pinned}'" if pinned.is_file() else "")
    return f"{tool} pip install -p {sys.executable} {target}" if tool else f"{sys.executable} -m pip install {target}"
