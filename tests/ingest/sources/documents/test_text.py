"""Plain text and Markdown: the sections joined are the file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Document, Failure
from ingest.sources.detect import documents
from ingest.sources.documents import text
from ingest.sources.documents.front_matter import front_matter
from ingest.sources.documents.text import read, read_markdown

Write = Callable[..., Path]


def named(document: object) -> list[tuple[str, str]]:
    assert isinstance(document, Document), document
    return [(section.name, section.text) for section in document.sections]


def test_the_first_line_of_a_text_is_its_title(write: Write) -> None:
    (document,) = read(write("note.txt.gz", "\ufeff\nVisit note\r\n\r\nFever for three days.\r\n"))
    assert named(document) == [("title", "Visit note"), ("text", "\nFever for three days.")]
    assert isinstance(document, Document)
    assert (document.title, document.source, document.language) == ("Visit note", "file", "en")
    assert document.text == "Visit note\n\nFever for three days."


def test_a_text_without_a_short_first_line_is_called_by_its_file(write: Write) -> None:
    (document,) = read(write("visit.txt", "Fever " * 50))
    assert isinstance(document, Document)
    assert document.title == "visit"
    assert named(document) == [("text", ("Fever " * 50).strip())]


def test_the_id_is_of_the_content_alone(write: Write) -> None:
    (first,), (second,), (third,) = (
        read(write(n, c)) for n, c in (("a.txt", "发热"), ("b.txt.gz", "发热\n"), ("c.txt", "咳"))
    )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.id == second.id != third.id
    assert len(first.id) == len("sha256:") + 32
    assert first.language == "zh"


def test_markdown_has_a_section_a_heading(write: Write) -> None:
    content = """# Asthma ##

A disease.

## Treatment
Inhale.

```
# no heading
```
Course of it
------------
- long
---
### Children
Less."""
    (document,) = documents(write("a.md", content))
    assert isinstance(document, Document)
    assert document.title == "Asthma"
    assert [section.name for section in document.sections] == ["title", "text", "treatment", "course of it", "children"]
    assert document.text == content
    assert document.sections[3].text == "Course of it\n------------\n- long\n---"


def test_markdown_that_begins_without_a_heading(write: Write) -> None:
    (document,) = read_markdown(write("a.md", "Some words.\n\n# Fever\nHot."))
    assert named(document) == [("text", "Some words.\n"), ("fever", "# Fever\nHot.")]
    (plain,) = read_markdown(write("b.md", "Some words."))
    assert isinstance(plain, Document)
    assert plain.title == "Some words."


@pytest.mark.parametrize("rule", ["---", "***", "===", "- - -", "___", "* * *", "  ----  "])
@pytest.mark.parametrize("below", ["# A note\n\nHot.", "A note\n\nHot.", "A note\n======\nHot."])
def test_a_rule_is_no_title(write: Write, rule: str, below: str) -> None:
    for blank in ("\n\n", "\n"):
        (document,) = read_markdown(write("a.md", rule + blank + below))
        assert isinstance(document, Document)
        assert document.title == "A note"
        assert "".join(document.text.split()) == "".join((rule + below).split())
    (plain,) = read(write("a.txt", f"{rule}\nA note\n{rule}\nHot."))
    assert isinstance(plain, Document)
    assert plain.title == "A note"
    assert named(plain) == [("title", f"{rule.lstrip()}\nA note"), ("text", f"{rule}\nHot.")]
    (nothing,) = read(write("b.txt", rule))
    assert isinstance(nothing, Document)
    assert nothing.title == rule.strip()


def test_marks_of_footnotes_go(write: Write) -> None:
    written = "No asthma.[^1] Fever[^note] is here.\n\n[^1]: See notes.\n\n```\nx[^2]\n```"
    (document,) = read_markdown(write("a.md", written))
    assert isinstance(document, Document)
    assert document.text == written.replace("asthma.[^1]", "asthma.").replace("Fever[^note]", "Fever")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t\n", "empty file"),
        (b"fever \xff", "not UTF-8 (at byte 6)"),
        (b"fe\x00ver", "not a text: a zero at character 2"),
        ("fever".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_text_is_reported(write: Write, content: bytes, reason: str) -> None:
    path = write("a.txt", content)
    for reader in (read, read_markdown):
        (failure,) = reader(path)
        assert isinstance(failure, Failure)
        assert reason in failure.reason


def test_a_text_that_is_too_long_is_reported(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "CHARACTERS", 100)
    path = write("a.txt", "热" * 101)
    assert list(read(path)) == [Failure(str(path), "", "longer than 100 characters")]
    assert isinstance(next(read(write("b.txt", "热" * 100))), Document)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "The patient has no fever, no cough and also\nno rash.",
            "The patient has no fever, no cough and also no rash.",
        ),
        ("No fever,\n  cough or\nrash", "No fever, cough or rash"),
        ("患者否认胸痛，\n咯血。", "患者否认胸痛，咯血。"),
        ("- no fever,\n  cough\n- rash", "- no fever, cough\n- rash"),
        ("Hypertension\nDiabetes", "Hypertension\nDiabetes"),
        ("Diagnosis: a long line that an editor would wrap here\nPlan: ice", None),
        ("a | b\n--|--\nc | d", None),
        ("A line that ends in a hard break of two blanks,  \nno more", None),
        ("```\na line of code that is as long as any text,\nb\n```", None),
        ("no heading\n---\nno more", None),
        ("> quoted text that goes on for a while without\n> end", None),
    ],
)
def test_a_wrapped_paragraph_is_one_line(write: Write, written: str, text: str | None) -> None:
    (document,) = read_markdown(write("a.md", written))
    assert isinstance(document, Document)
    assert document.text == (written if text is None else text)


_LINE = st.sampled_from(
    ["# a", "## b ##", "text", "", "---", "===", "```", "~~~", "- c", "> d", "   # e", "\t", "发热。"]
)


@given(st.lists(_LINE | st.text(max_size=10), max_size=15))
def test_sections_joined_are_the_file(written: list[str]) -> None:
    content = "\n".join(written)
    if "\x00" in content or not content.encode("utf-8", "ignore").decode().strip():
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.md"
        path.write_bytes(content.encode("utf-8", "ignore"))
        found = [next(read(path)), next(read_markdown(path))]
    if front_matter(content.lstrip()).end:
        return
    expected = content.encode("utf-8", "ignore").decode().removeprefix("\ufeff")
    expected = expected.replace("\r\n", "\n").replace("\r", "\n").strip()
    for document in found:
        if expected:
            assert isinstance(document, Document)
            assert "".join(document.text.split()) == "".join(expected.split())
            assert document.title
