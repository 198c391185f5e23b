"""What a file of no known format looks most like, and why it is not that."""

from __future__ import annotations

from difflib import SequenceMatcher

from ingest.sources.curated.formats import FORMATS
from ingest.sources.files.tables import unquoted
from ingest.sources.records import Wrong

_SHAPES = (
    (
        "<",
        "XML",
        (("jats", "the root element is not article"), ("medline", "nor is it PubmedArticleSet")),
    ),
    ("{", "JSON", (("fhir", "no resourceType"), ("jsonl", "no object with id, title, abstract or text on a line"))),
    ("[", "JSON", (("fhir", "no resourceType"), ("jsonl", "a list where a line an object is expected"))),
)


def resembling(text: str) -> str:
    """Two formats in words, the nearer first, each with what it would need: `sssom (no column object_id), …`.

    `text` is the beginning of the file. A file of bytes that are no text looks like none: `pdf` and `docx` are named.
    """
    pairs = _two(text)
    return "; ".join(f"{name}: {why}" for name, why in pairs)


def _two(text: str) -> list[tuple[str, str]]:
    if "\x00" in text or "\ufffd" in text[:200]:
        return [("pdf", "does not begin with %PDF-"), ("docx", "is not a Word file")]
    stripped = text.lstrip("\ufeff \t\r\n")
    for start, shape, pairs in _SHAPES:
        if stripped.startswith(start):
            return [(name, f"{shape}, but {why}") for name, why in pairs]
    header = next((line for line in stripped.split("\n") if line and not line.startswith("#")), "").rstrip("\r")
    delimiter = "\t" if "\t" in header else ","
    if delimiter not in header:
        return [("text", "the name does not end in .txt"), ("pubtator", "no line such as 12345|t|title")]
    try:
        cells = unquoted(header, delimiter)
    except Wrong:
        cells = header.split(delimiter)
    return _tables([cell.strip() for cell in cells])


def _tables(columns: list[str]) -> list[tuple[str, str]]:
    best: dict[str, tuple[float, str]] = {}
    for format in FORMATS.values():
        for needed in format.columns:
            missing = [column for column in needed if column not in columns]
            alike = SequenceMatcher(None, " ".join(sorted(needed)), " ".join(sorted(columns))).ratio()
            score = 1 - len(missing) / len(needed) + alike / 10
            if score > best.get(format.name, (-1.0, ""))[0]:
                best[format.name] = score, f"a table, but no column {', '.join(missing) or 'separated by tabs'}"
    nearest = sorted(best, key=lambda name: (-best[name][0], name))[:2]
    return [(name, best[name][1]) for name in nearest]
