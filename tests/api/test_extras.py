from __future__ import annotations

import sys

from api.extras import install


def test_the_command_installs_the_extra_into_this_environment() -> None:
    command = install("llm")
    assert "[llm]" in command
    assert sys.executable in command
