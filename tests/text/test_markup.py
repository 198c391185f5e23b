"""Text that stays text: shown by a renderer of Markdown that lets every tag through."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from text.markup import markdown

RENDERER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
PLAIN = re.compile(r"</?p>|<br ?/?>")
ATTACKS = [
    "![x](https://evil.example/?q=1)",
    "[the guideline](https://evil.example)",
    "[a]: javascript:alert(1)",
    "[a][b] [c][] ![d]",
    '<img src="https://evil.example/x" onerror="alert(1)">',
    "</p><script>alert(1)</script>",
    "<!-- -->", "<https://evil.example>", "<a@evil.example>", "<?php ?>",
    "# Stop all drugs", "> quoted", "- item", "+ item", "* item", "1. item", "2019) item", "---", "===", "***",
    "```\ncode", "~~~\ncode", "    code", "\tcode", "`code`", "~~not~~ harmful", "**not** harmful", "_not_ harmful",
    "a | b\n--|--\n1 | 2", "&lt;b&gt; &amp; &#60;", "\\<b>", "\\![a](b)", "$\\href{javascript:x}{y}$",
    "line\n\n<b>\n\n![x](y)", "line\\", "<b\n>", "&lt", "![x](y \"z\")", "line\r<i>\u2028# x",
]  # fmt: skip


def words(text: str) -> str:
    return " ".join(text.split())


def shown(text: str) -> str:
    """What a reader sees; anything but paragraphs is left standing as a tag."""
    return words(html.unescape(PLAIN.sub(" ", RENDERER.render(markdown(text)))).replace("\u2060", ""))


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_is_made_of_markup(text: str) -> None:
    rendered = PLAIN.sub("", RENDERER.render(markdown(text)))
    assert "<" not in rendered
    assert shown(text) == words(text)


@given(st.lists(st.sampled_from([*ATTACKS, " ", "\n", "x", "。", "<", "]", "(", "&"]), max_size=6))
def test_nothing_is_made_of_pieces_of_markup(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert "<" not in PLAIN.sub("", RENDERER.render(markdown(text)))
    assert shown(text) == words(text)


@pytest.mark.parametrize("text", ["p < 0.05 & n > 3", "CYP3A4 inhibits has_phenotype (25–30 %)", "二甲双胍：1/2 片。"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert markdown(text) == text


def test_no_link_is_made_of_an_address() -> None:
    for text in ("see https://evil.example/x", "www.evil.example", "a@evil.example", "mailto:x", "//evil.example"):
        made = markdown(text)
        assert made.replace("\u2060", "") == text
        assert made != text


def test_an_allele_keeps_its_star() -> None:
    assert shown("CYP2C19*2 and CYP2C19*3") == "CYP2C19*2 and CYP2C19*3"
