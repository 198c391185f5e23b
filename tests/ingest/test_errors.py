"""The errors of ingestion: one tree, drawn where it is written."""

from __future__ import annotations

from ingest import errors


def test_every_error_is_of_the_tree_that_is_drawn() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert all(issubclass(kind, errors.IngestError) for kind in kinds)
    drawn = {line.split("── ")[1].split()[0] for line in (errors.__doc__ or "").split("\n") if "── " in line}
    assert drawn == {kind.__name__ for kind in kinds} - {"IngestError"}


def test_a_malformed_file_says_how_far_reading_came() -> None:
    assert str(errors.MalformedFile("f", "line 7", "cut off")) == "f: line 7: cut off"
    assert str(errors.MalformedFile("f", "", "cut off")) == "f: cut off"
