from __future__ import annotations

import pytest

from graph.licences import RESTRICTED, readable, restricted
from graph.model import PUBLIC


@pytest.mark.parametrize(
    ("licence", "holds"),
    [
        ("CC-BY-NC-SA-4.0", True), ("CC BY-NC 3.0", True), ("DrugBank terms of use, non-commercial", True),
        ("UMLS Metathesaurus licence", True), ("for research use only", True), ("CC0-1.0", False), ("", False),
        ("Free for academic use", True), ("proprietary", True), ("All rights reserved", True), ("internal use", True),
        ("research or education purposes", True), ("仅供研究使用", True), ("非商业性使用", True), ("MedDRA MSSO", True),
        ("US Government work", False), ("EMA terms: reuse with attribution", False), ("MIT", False),
        ("CC-BY-SA-4.0", False), ("HPO licence; Orphanet's part CC-BY-4.0", False), ("NLM terms, free use", False),
    ],
)  # fmt: skip
def test_what_a_licence_restricts(licence: str, holds: bool) -> None:
    assert restricted(licence) == holds


def test_who_reads_restricted_sources() -> None:
    assert readable(PUBLIC, open_only=False) == PUBLIC | RESTRICTED
    assert readable(PUBLIC | RESTRICTED, open_only=True) == PUBLIC
    assert readable(frozenset({"ward:7"}), open_only=False) == {"ward:7"}
