"""The errors of question answering.

    QaError
    └── ModelUnavailable   the language model cannot be reached, timed out, or broke off

A question that cannot be answered is no error: the Answer abstains and says why.
"""

from __future__ import annotations


class QaError(Exception):
    """Any failure of question answering."""


class ModelUnavailable(QaError):
    """The language model cannot be reached, timed out, or broke off."""
