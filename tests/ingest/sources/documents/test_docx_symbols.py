from __future__ import annotations

import pytest

from ingest.sources.documents.docx_symbols import symbol


@pytest.mark.parametrize(
    ("font", "code", "character"),
    [
        ("Symbol", "F062", "β"), ("Symbol", "0062", "β"), ("Symbol", "F0B3", "≥"), ("Symbol", "F06D", "μ"),
        ("Symbol", "F02B", "+"), ("Symbol", "F001", "\ufffd"), ("Wingdings", "F0FE", "☑"), ("Wingdings", "F0A8", "☐"),
        ("Webdings", "F041", "\ufffd"), ("Arial", "2265", "≥"), ("Arial", "", ""), ("Arial", "D800", ""),
    ],
)  # fmt: skip
def test_places_in_a_font_are_characters(font: str, code: str, character: str) -> None:
    assert symbol(font, code) == character
