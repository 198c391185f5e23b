"""A sentence on a patient's record as evidence: what it says, and the lines that it rests on.

Pure functions. Unlike what curated sources tell, it names no source in its words: it is the patient's own record.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.evidence.interacting import bare
from qa.evidence.kinds import FactEvidence, ToldEvidence


def line(
    chain: Sequence[FactEvidence], english: str, chinese: str, *, looked_in: str = "", warns: bool = False
) -> ToldEvidence:
    """One piece of evidence that says this by these lines; `looked_in` is the record where it has no such line."""
    return ToldEvidence("", tuple(chain), (bare(english), bare(chinese)), warns, "" if chain else looked_in)
