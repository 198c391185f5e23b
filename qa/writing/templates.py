"""What the sentences of an answer are made with in one language. `english` and `chinese` fill it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qa.model import Reason


@dataclass(frozen=True, slots=True)
class Templates:
    """The words of one language around names, statements and quotations. No text but `stop` ends in a full stop."""

    language: str
    stop: str
    patient: str
    """The subject of a statement about the patient asked about."""
    disagree: str
    """With `{said}` for the statement on which sources disagree."""
    sources: Callable[[int], str]
    """How many sources state the same, after the statement."""
    verbatim: Callable[[str, str], str]
    """After a statement, the text and the source that it is taken from."""
    quotation: Callable[[str, str, str], str]
    """A text alone, with its source and, where it defines something, the name of that."""
    messages: Mapping[Reason, str]
    """Why an answer abstains, for the asker."""
    unproven: str
    """After that, where drugs are asked about: silence is no proof."""
