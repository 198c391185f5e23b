"""Codes of the International Classification of Diseases in a text, and those that the graph has for a disease."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.view import GraphView

_CODE = re.compile(r"(?<![A-Za-z0-9-])([A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?![A-Za-z0-9-])")
_ASKED = re.compile(r"\bicd\b|\bcod(?:e[ds]?|ing)\b|\bcategory\b|编码|代码|类目|编为|码", re.IGNORECASE)
_SYSTEM = "ICD10CM:"


def codes_in(text: str) -> list[str]:
    """The codes that a text holds, where it speaks of codes."""
    return list(dict.fromkeys(_CODE.findall(text))) if _ASKED.search(text) else []


def is_code(text: str) -> bool:
    """Whether a text is a code and nothing else."""
    return _CODE.fullmatch(text.strip()) is not None


def codes_of(view: GraphView, ids: Iterable[str]) -> list[str]:
    """The codes that the graph has for a disease, of categories and not of blocks."""
    own = sorted(id for id in view.all_ids(ids) if id.startswith(_SYSTEM))
    return [id.removeprefix(_SYSTEM) for id in own if "-" not in id]


def is_of(code: str, codes: Iterable[str]) -> bool:
    """Whether a code is one of these, or the category or a subdivision of one."""
    return any(code.startswith(own) or own.startswith(code) for own in codes)
