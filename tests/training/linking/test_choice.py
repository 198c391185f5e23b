from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading.linking import names
from ingest.reading.linking.lexicon import strict_key
from training.linking.choice import Gold, gold, teach

TEXT = (
    "1|t|Gout and gout.\n1|a|\n1\t0\t4\tGout\tDisease\tD000002|D000001\n"
    "1\t9\t13\tgout\tDisease\t-1\n1\t5\t8\tand\tOdd\tD3\n\n"
)


@pytest.fixture
def document(tmp_path: Path) -> Gold:
    (tmp_path / "a.pubtator").write_text(TEXT)
    (one,) = gold(tmp_path / "a.pubtator")
    return one


def test_gold_has_the_ids_of_each_span_sorted_and_none_where_there_is_none(document: Gold) -> None:
    assert [(span.start, span.label) for span in document.spans] == [(0, "Disease"), (9, "Disease")]
    assert document.ids == (("MESH:D000001", "MESH:D000002"), ())


def test_what_is_taught_can_be_taken_away_document_by_document(document: Gold) -> None:
    order = {"MESH:D000001|MESH:D000002": 4}
    other = Gold("PMID:2", document.text, document.spans, document.ids)
    taught = teach([document, other], order)
    key = strict_key("d", names.words("gout"))
    assert taught.counts[key] == {4: 2}
    assert taught.own["PMID:2"][key] == {4: 1}
    assert taught.uses == {4: 2}
    assert taught.own_uses["PMID:2"] == {4}
