"""The Writer protocol: evidence to sentences. `quote` and `generate` keep it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from qa.evidence.material import Material
from qa.model import Question, Sentence, Understanding


class Writer(Protocol):
    """Writes an answer from its material and nothing else, sentence by sentence, in the question's language.

    `name` says who wrote, such as `quote`. What it writes is not trusted: every sentence goes through `check`.
    """

    @property
    def name(self) -> str: ...

    def write(self, question: Question, understanding: Understanding, material: Material) -> Iterator[Sentence]:
        """Sentences in order, each with the ids of the evidence it rests on (possibly none, or wrong ones). Raises
        ModelUnavailable where a language model cannot be reached, times out, or breaks off."""
