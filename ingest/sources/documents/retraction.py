"""Whether a paper is retracted, or is the notice of a retraction, as titles, types and first words say it.

PubMed and JATS share this. A correction, a revision, a paper that was corrected and published again, and a concern
that is expressed are none; nor is retraction in its other senses, of a nipple or a lung.
"""

from __future__ import annotations

import re

_PAPER = (
    r"(?:articles?|papers?|publications?|chapters?|manuscripts?|studies|study|reports?|case reports?|reviews?|"
    r"letters?|abstracts?|preprints?)"
)
_TITLE = re.compile(
    rf"""
    ^\W*(?:retracted|withdrawn)(?:\s+{_PAPER})?\s*[\])】]*\s*[:：—–]          # Retracted article: …
    |^\W*(?:retracted|withdrawn)\s+-\s
    |^\s*[\[(【]\s*(?:retracted|withdrawn)(?:\s+{_PAPER})?\s*[\])】]            # [Retracted] …
    |^\W*retracted\s+{_PAPER}\s*[.\]]
    |^\W*(?-i:RETRACTED|WITHDRAWN)\b(?-i:(?=.*[a-z]))                                # RETRACTED ARTICLE …
    |^\W*(?-i:WITHDRAWAL|REMOVED|REMOVAL)\s*[:：—–-]
    |[\[(]\s*(?:retracted|withdrawn)(?:\s+{_PAPER})?\s*[\])]\s*\.?\s*$         # … [Retracted]
    |[\[(]\s*retracted\s+{_PAPER}\b[^\])]*[\])]\s*\.?\s*$
    |[.:—–-]\s*(?:(?-i:RETRACTED|WITHDRAWN)|retracted\s+{_PAPER})\s*\.?\s*$
    |^\W*(?:partial\s+|full\s+|editorial\s+|author'?s?\s+|publisher'?s?\s+)?retraction\s*[:：—–]     # notices
    |^\W*(?:partial\s+)?retraction\s*\.?\W*$
    |^\W*(?:partial\s+)?retraction\s+(?:note|notice|statement|notification|letter|and\s+republication)\b
    |^\W*(?:partial\s+)?retraction\s+(?:to\s*[:：]|(?:of|for|to)\s*(?:[:："“‘'\[]|(?:the\s+|an?\s+|this\s+)?{_PAPER}\b))
    |^\W*(?:partial\s+)?retraction\s+(?:of|for|to)\b.{{0,80}}\bet\ al\b
    |^\W*(?:editorial\s+|publisher'?s?\s+)?(?:notice|note|statement|letter)\s+of\s+(?:partial\s+)?
      (?:(?:concern|correction)\s+and\s+)?retraction\b
    |^\W*expression\s+of\s+concern\s+and\s+retraction\b
    |^\W*withdrawal\s+(?:note|notice|statement)\b|^\W*(?:notice|statement)\s+of\s+withdrawal\b
    |^\W*withdrawal\s+of\s+(?:[:："“]|(?:the\s+|this\s+)?(?:article|paper|publication|manuscript)\b)
    |^[\[【(（\s]*(?:已)?(?:撤稿|撤回|被撤稿|撤销)(?:论文|文章|声明|通知|启事|公告|说明)?\s*[\]】)）:：]
    |(?:撤稿|撤回)(?:声明|通知|启事|公告|说明)|[\[【(（]\s*(?:已|被)?(?:撤稿|撤回)\s*[\]】)）]\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PARTIAL = re.compile(r"^\W*partial(?:ly)?[ -]retract", re.IGNORECASE)
_FIRST_WORDS = re.compile(
    rf"^\W*(?:this|the(?:\s+above)?)\s+{_PAPER}\s+(?:has\s+been|was|is)\s+(?:voluntarily\s+)?(?:retracted|withdrawn)\b",
    re.IGNORECASE,
)
_KINDS = frozenset(
    ("retracted publication", "retraction of publication", "retraction notice", "retraction", "retractions",
     "retraction note", "retraction statement", "notice of retraction",
     "retracted article", "retracted-article", "retracted paper", "retracted", "retraction-notice", "withdrawn",
     "withdrawn-article", "withdrawn article", "withdrawal notice", "withdrawal-notice", "article withdrawal",
     "撤稿", "撤稿声明", "撤稿通知")
)  # fmt: skip


def by_title(title: str) -> bool:
    """Whether a title is marked as that of a retracted paper, or is that of a notice."""
    return bool(_TITLE.search(title)) and not title.lower().lstrip(" [(").startswith("partially")


def by_kind(kind: str) -> bool:
    """Whether a type of publication, a type of article or a heading of a journal says so."""
    return kind.strip(" .:").lower() in _KINDS


def by_first_words(abstract: str) -> bool:
    """Whether an abstract was replaced by the words that withdraw the paper."""
    return bool(_FIRST_WORDS.search(abstract))


def in_part(title: str) -> bool:
    """Whether a title says that a part of a paper is retracted."""
    return bool(_PARTIAL.search(title))


def partly(source: str) -> str:
    """The line that shows a reader that a part of this paper was retracted, and where that is said."""
    return f"A part of this article was retracted ({source})." if source else "A part of this article was retracted."
