"""Annotations in BioC, XML and JSON, types and identifiers as they are written.

Offsets are those of the text that the reader of documents makes, and so count those of what was found in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evaluation.corpora.annotated import Draft
from ingest.errors import MalformedFile
from ingest.sources.annotated.bioc_form import Entry, entry, values
from ingest.sources.records import Wrong

_PART = "IndividualMention"
_CONTEXT = ("polarity", "certainty", "experiencer")


def read(path: Path) -> Iterator[Draft]:
    """The documents in order. Raises UnreadableSource and MalformedFile."""
    for number, value in enumerate(values(path), 1):
        try:
            yield _draft(entry(value))
        except Wrong as wrong:
            raise MalformedFile(str(path), f"entry {number}", str(wrong)) from None


def _draft(made: Entry) -> Draft:
    """The document. Raises Wrong."""
    draft = Draft(made.id, made.text)
    for one in made.marked:
        # BC5CDR marks the parts of a composite mention as well, on top of the mention; its PubTator form does not.
        if one.infons.get("CompositeRole") == _PART:
            continue
        type = str(one.infons.get("label") or one.infons.get("type") or "")
        context = [one.infons[key] if isinstance(one.infons.get(key), str) else None for key in _CONTEXT]
        if wrong := draft.mark(one.start, one.end, type, one.identifier, one.surface, context):
            raise Wrong(wrong)
    for relation in made.related:
        draft.relate(relation.kind, relation.first, relation.second)
    return draft
