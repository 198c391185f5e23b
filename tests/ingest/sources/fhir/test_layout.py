"""How files of FHIR are laid out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ingest.sources.fhir.layout import head_in, of_line, of_lines
from ingest.sources.records import Wrong

ONE = '{"resourceType": "Patient", "id": "1"}'
BUNDLE = '{"resourceType": "Bundle", "entry": []}'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{ONE}\n", True),
        (f"{ONE}\n{ONE}\n", True),
        (f"{BUNDLE}\n{BUNDLE}\n", True),
        (f"{BUNDLE}\n", False),
        (f'{{"resourceType": "Pat\n{ONE}\n', True),
        (f"broken\n\n{ONE}\n", True),
        (f"[\n{ONE},\n{ONE}\n]\n", False),
        ('{\n  "resourceType": "Patient",\n  "id": "1"\n}\n', False),
        (f'{{"resourceType": "Bundle", "entry": [\n{{"resource": {ONE}}}\n]}}\n', False),
    ],
)
def test_a_file_is_of_lines_or_of_one_value(tmp_path: Path, text: str, lines: bool) -> None:
    (tmp_path / "a").write_text(text)
    assert of_lines(tmp_path / "a") is lines


def test_a_bundle_is_headed_before_or_behind_its_entries(tmp_path: Path) -> None:
    link = '"link": [{"relation": "self", "url": "http://A.example/fhir/Patient?_id=1"}]'
    for text in (f'{{{link}, "type": "searchset", "entry": []}}', f'{{"entry": [], "type": "searchset", {link}}}'):
        (tmp_path / "a").write_text(text)
        assert head_in(tmp_path / "a") == ("searchset", "a.example/fhir")


def test_a_line_is_a_value_that_can_be_written() -> None:
    assert of_line('{"a": 1.50, "b": "\\ud83d\\ude00"}') == {"a": Decimal("1.50"), "b": "\U0001f600"}
    for line in ("{", "1e999999999999999999999", "9" * 5_000, "[" * 5_000, '{"id": "\\ud800"}', '{"\\uDC00": 1.5}'):
        with pytest.raises(Wrong):
            of_line(line)
