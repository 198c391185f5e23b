"""Between the words of retrieval and the columns of the passage store."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from retrieval.encoder import Vectors
from retrieval.index import Keys
from retrieval.model import DocumentInfo, Filter, Passage


def listed(values: Iterator[int] | Collection[str] | None) -> str | None:
    """A JSON array for `json_each`, in order; None where there is no restriction."""
    return None if values is None else json.dumps(sorted(values))


def bound(filter: Filter) -> dict[str, str | int | None]:
    """The parameters of a statement that filters."""
    return {
        "access": listed(filter.access),
        "year_from": filter.year_from,
        "year_to": filter.year_to,
        "languages": listed(filter.languages),
        "sources": listed(filter.sources),
        "documents": listed(filter.documents),
        "entities": listed(filter.entities),
        "retracted": filter.retracted,
        "sections": listed(filter.sections and {name.lower() for name in filter.sections}),
        "study_types": listed(filter.study_types and {sought(name) for name in filter.study_types}),
        "labels": listed(filter.labels),
    }


def sought(publication_type: str) -> str:
    """The name of a publication type as it is looked for: `Review-Article` and `review article` are one."""
    return " ".join(publication_type.lower().replace("-", " ").replace("_", " ").split())


def arrays(rows: Sequence[tuple[int, bytes]]) -> tuple[Keys, Vectors]:
    """Keys and their vectors: float32 of shape (rows, dimension), from the halves that are stored."""
    keys = np.array([key for key, _ in rows], np.int64)
    halves = np.frombuffer(b"".join(vector for _, vector in rows), np.float16)
    return keys, halves.astype(np.float32).reshape(len(rows), -1 if rows else 0)


def document_of(row: tuple[str, str, int | None, str, str, str, str, str, str, int, str, str]) -> DocumentInfo:
    """The document of a row of `DOCUMENT_COLUMNS`."""
    id, title, year, language, source, licence, url, hash, keywords, retracted, access, types = row
    return DocumentInfo(
        id=id,
        title=title,
        year=year,
        language=language,
        source=source,
        licence=licence,
        url=url,
        hash=hash,
        keywords=tuple(json.loads(keywords)),
        retracted=bool(retracted),
        access=frozenset(json.loads(access)),
        publication_types=tuple(json.loads(types)),
    )


def passage_of(row: tuple[str, str, int, str, int, int, str, str]) -> Passage:
    """The passage of a row of `PASSAGE_COLUMNS`."""
    id, document, ordinal, section, start, end, text, entities = row
    return Passage(
        id=id,
        document=document,
        ordinal=ordinal,
        section=section,
        start=start,
        end=end,
        text=text,
        entities=tuple(json.loads(entities)),
    )
