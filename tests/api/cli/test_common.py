import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", [("ask", "-"), ("differential", "--text", "-")])
def test_text_from_stdin_must_be_utf_8(filled: Path, command: tuple[str, ...]) -> None:
    words, home = "fever 发热".encode("gb18030"), os.environ | {"MEDGRAPH_HOME": str(filled)}
    done = subprocess.run([sys.executable, "-m", "api", *command], input=words, env=home, capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"stdin: not UTF-8 text at byte 7" in done.stderr
