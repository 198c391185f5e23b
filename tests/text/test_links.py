"""Which addresses may be shown as links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.links import LONGEST, link


@pytest.mark.parametrize(
    "address",
    [
        "https://pubmed.ncbi.nlm.nih.gov/101/",
        "http://purl.obolibrary.org/obo/HP_0001519",
        "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:5",
        "https://doi.org/10.1016/S0140-6736(09)61965-6",
        "http://localhost:8080/a?b=c&d=%20e",
        "https://zh.wikipedia.org/wiki/糖尿病",
        "https://example.org",
    ],
)
def test_an_address_of_the_web_stays(address: str) -> None:
    assert link(address) == address
    assert link(f" {address}\n") == address


@pytest.mark.parametrize(
    "address",
    [
        "", "javascript:alert(1)", "JavaScript://example.org/%0aalert(1)", "data:text/html,x", "file:///etc/passwd",
        "ftp://example.org/x", "//example.org/x", "example.org", "https:/example.org", "https://",
        "https://user@evil.example/", "https://bank.example:pass@evil.example/", "https://bank.example\\@evil.example/",
        "https://example.org:99999999/", "https://exa mple.org/", "https://[::1]/", "https://example.org/a\nb",
        "https://example.org/a\x1b[2Jb", "https://example.org/\u202egpj", "https://example.org/a\u200bb",
        "https://example.org/\ud800", "https://example..org/", "https://<b>/", "https://example.org/" + "a" * LONGEST,
    ],
)  # fmt: skip
def test_what_hides_something_is_no_link(address: str) -> None:
    assert link(address) == ""


def test_what_would_end_a_quotation_is_written_in_hexadecimal() -> None:
    assert link('HTTPS://example.org/a b"<x>`[y](z)') == "https://example.org/a%20b%22%3Cx%3E%60%5By%5D(z)"
    assert link("https://exаmple.org/") == "https://xn--exmple-4nf.org/"  # its third letter is Cyrillic


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://h/", "https://h?"]))
def test_a_link_is_its_own_link(text: str, front: str) -> None:
    made = link(front + text)
    assert link(made) == made
    assert made == "" or made.startswith(("http://", "https://"))
    assert not set(made) & set(' "<>\\^`{|}[]')
