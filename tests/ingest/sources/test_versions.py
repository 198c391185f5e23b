from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Source
from ingest.sources.detect import curated
from ingest.sources.versions import hinted

TABLE = "mesh_id\tmesh_name\nD900001\tBlue ear\n"


@pytest.mark.parametrize(
    ("name", "before", "version"),
    [
        ("terms.tsv", "", ""),
        ("terms_2031-02-03.tsv", "", "2031-02-03"),
        ("terms.20310203.tsv.gz", "", "2031-02-03"),
        ("terms_20311399.tsv", "", ""),
        ("v123420310203.tsv", "", ""),
        ("terms_2031-02-03.tsv", "# version: 7.1\n", "7.1"),
        ("terms.tsv", '#date: "2031-02-03"\n', "2031-02-03"),
    ],
)
def test_what_the_file_says_of_its_release(write: Callable[..., Path], name: str, before: str, version: str) -> None:
    assert hinted(write(name, before + TABLE)) == version


def test_a_source_without_a_release_takes_the_hint(write: Callable[..., Path]) -> None:
    (source, *_) = curated(write("terms_2031-02-03.tsv", TABLE))
    assert isinstance(source, Source)
    assert (source.id, source.version) == ("mesh-terms", "2031-02-03")


def test_an_export_of_ours_is_taken_as_it_stands(write: Callable[..., Path]) -> None:
    edges = "subject\tpredicate\tobject\nA:1\tbiolink:treats\tB:1\n"
    (source, *_) = curated(write("graph_2031-02-03_edges.tsv", edges))
    assert isinstance(source, Source)
    assert source.version == ""
