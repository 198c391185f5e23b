from __future__ import annotations

import sys

from api.extras import install, install_alone


def test_the_command_installs_the_extra_into_this_environment() -> None:
    command = install("llm")
    assert "[llm]" in command
    assert sys.executable in command


def test_data_is_installed_without_what_it_depends_on() -> None:
    assert install_alone("blue-data==1.0").endswith("--no-deps blue-data==1.0")
