from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources.files.company import accompanies


@pytest.mark.parametrize(
    "name", ["README", "readme.txt", "README.upstream.md", "LICENSE", "Licence.txt.gz", "LICENSES.upstream.md",
             "SOURCE.md", "SHA256SUMS", "hp.obo.md5", "CITATION.cff", "NOTICE",
             "Thumbs.db", "desktop.ini", "~$table.xlsx", "table.csv~", "table.csv.bak", "VERSION",
             "__MACOSX/table.csv"],
)  # fmt: skip
def test_what_stands_beside_data(name: str) -> None:
    assert accompanies(Path("folder") / name)


@pytest.mark.parametrize("name", ["hp.obo", "licences.tsv", "nodes.tsv.gz", "readmefirst.tsv", "terms.txt", "x.csv"])
def test_what_is_data(name: str) -> None:
    assert not accompanies(Path(name))
