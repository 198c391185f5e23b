from __future__ import annotations

import pytest

from graph.licences import restricted
from ingest.sources.curated.formats import FORMATS
from ingest.sources.curated.licences import LICENCES, refused


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_a_refusal_names_licence_use_and_flag(name: str) -> None:
    told = refused(name, "a.csv")
    assert all(words in told for words in ("a.csv", LICENCES[name].words, LICENCES[name].allows, f"licence {name}"))
    assert restricted(LICENCES[name].words)


def test_a_format_asks_for_a_licence_there_is() -> None:
    assert {format.licence for format in FORMATS.values() if format.licence} <= set(LICENCES)
