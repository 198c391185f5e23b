from __future__ import annotations

from ingest.sources.curated.packages import files_of


def test_files_of_an_installed_package_are_found() -> None:
    found = files_of("pytest", "pytest/__init__.py", "pytest/py.typed")
    assert [file.name for file in found] == ["__init__.py", "py.typed"]


def test_a_package_that_is_not_there_has_none() -> None:
    assert files_of("no-such-package-of-anybody", "*") == []
