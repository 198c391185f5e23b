"""Front matter is metadata; rules and underlined headings are text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model import Document, Failure
from ingest.sources.detect import documents
from ingest.sources.documents.front_matter import front_matter

Write = Callable[..., Path]

BODY = "# Gout\n\nColchicine treats gout.\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "matter",
    [
        "---\ntitle: A note on gout\ntags: [rheum]\ndate: 2024-01-01\n---\n",
        "---\ndate: 2024-01-01\nauthors:\n  - name: A. B.\n\ntitle: 'A note on gout'\n...\n",
        "---  \n# a comment\nTitle: >\n  A note\n  on gout\n---\n\n",
        '+++\ndate = 2024-01-01\ntitle = "A note on gout"\n[extra]\nx = 1\n+++\n',
        '{\n  "tags": ["rheum"],\n  "title": "A note on gout"\n}\n\n',
        '{"title": "A note on gout", "draft": false}\n',
    ],
)
def test_the_title_is_taken_and_the_rest_is_no_text(write: Write, matter: str, ends: str) -> None:
    (document,) = documents(write("a.md", ("\ufeff" + matter + BODY).replace("\n", ends)))
    assert isinstance(document, Document)
    assert document.title == "A note on gout"
    assert document.text == "A note on gout\n" + BODY.strip()


@pytest.mark.parametrize(
    "matter", ["---\ntags: [a]\n---\n", "---\n---\n", "+++\n+++\n", "---\nname: x\nnote: a: b\n---\n"]
)
def test_without_a_title_the_heading_is_it(write: Write, matter: str) -> None:
    (document,) = documents(write("a.md", matter + BODY))
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("Gout", BODY.strip())


def test_a_title_that_is_no_yaml_is_read_all_the_same() -> None:
    assert front_matter("---\ntitle: Gout: a note\ntags:\n  - x\n---\n").title == "Gout: a note"


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nDiagnosis: gout\n\n---\nMore.",
        "---\nThe patient has gout.\n---\nMore.",
        "---\ntitle: never closed\n\n# Gout",
        "Gout\n---\nIt hurts.",
        "----\ntitle: x\n----\n",
        "{curly} notes\n",
        "{}\nMore.",
        "+++\nno keys here\n+++\n",
        "- a\n---\n",
        "---\nHe denies: fever, cough.\nHe was well until now\n---\n",
        "+++\ntitle = 1\n---\n",
    ],
)
def test_rules_and_headings_are_text(write: Write, text: str) -> None:
    assert front_matter(text).end == 0
    (document,) = documents(write("a.md", text))
    assert isinstance(document, Document)
    assert document.text.split() == text.split()


def test_front_matter_alone(write: Write) -> None:
    (document,) = documents(write("a.md", "---\ntitle: Gout\n---\n"))
    assert isinstance(document, Document)
    assert document.text == "Gout"
    path = write("b.md", "---\ntags: [a]\n---\n")
    assert list(documents(path)) == [Failure(str(path), "", "no text behind the front matter")]


def test_front_matter_that_refers_to_itself_is_text() -> None:
    # Merged into one another, thirty lines would stand for a thousand million keys.
    lines = ["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 31))]
    assert front_matter("---\n" + "\n".join(lines) + "\n---\ntext").end == 0
