from __future__ import annotations

from ingest.reading.linking.queries import queries
from ingest.reading.recognition.recognizer import Span


def test_what_is_too_long_for_a_name_is_not_looked_up() -> None:
    text = "gout and " + "very " * 100 + "gout"
    short, long = queries(text, [Span(0, 4, "Disease", 1.0), Span(9, len(text), "Disease", 1.0)])
    assert [query.surface for query in short] == ["gout"]
    assert long == ()
