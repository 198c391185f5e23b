from __future__ import annotations

import pytest

from ingest.sources.curated.formats import FORMATS, by_columns, extractor, reader


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_format_has_its_reader_and_is_told_by_its_columns(name: str) -> None:
    assert callable(reader(name))
    assert {by_columns({*columns, "more"}) for columns in FORMATS[name].columns} <= {name}


def test_a_reader_has_a_version() -> None:
    assert extractor("hpoa") == "hpoa/2"
    assert extractor("lexicon") == extractor("table") == ""


def test_other_columns_tell_nothing() -> None:
    assert by_columns({"a", "b"}) == ""
