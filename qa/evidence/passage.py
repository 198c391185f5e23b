"""A passage that a search found, as evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.evidence.reasons import Ranking

_STUDIES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(cue, re.IGNORECASE), english, chinese)
    for cue, english, chinese in (
        (r"\bmeta-?anal|荟萃分析|meta分析", "meta-analysis", "荟萃分析"),
        (r"\bsystematic(?:ally)? review|系统(?:综述|评价)", "systematic review", "系统综述"),
        (r"\bprotocol\b|研究方案", "study protocol", "研究方案"),
        (r"\bguideline|指南", "guideline", "指南"),
        (r"\brandomi[sz]ed|随机", "randomised trial", "随机试验"),
        (r"\bcase (?:report|series)|病例报告", "case report", "病例报告"),
        (r"\bcohort|队列", "cohort study", "队列研究"),
        (r"\bcase-?control|病例对照", "case-control study", "病例对照研究"),
        (r"\bcross-?sectional|横断面", "cross-sectional study", "横断面研究"),
        (r"\bclinical trial|\btrial\b|临床试验", "clinical trial", "临床试验"),
        (r"\breview\b|综述", "review", "综述"),
    )
)
"""What kinds of study are called, and by which words of a title or a publication type they are told."""


def study(title: str, types: tuple[str, ...]) -> tuple[str, str]:
    """Which kind of study a document is of, in English and in Chinese, by its publication types, else by its title;
    empty where neither tells."""
    for told in (" ".join(types), title):
        for cue, english, chinese in _STUDIES:
            if cue.search(told):
                return english, chinese
    return "", ""


@dataclass(frozen=True, slots=True)
class PassageEvidence:
    """Verbatim text of a document, from `start` to `end` (offsets into the document's text)."""

    id: str
    source: str
    title: str
    url: str
    text: str
    start: int
    end: int
    entities: tuple[str, ...]
    score: float
    ranking: Ranking
    year: int | None = None
    types: tuple[str, ...] = ()
    """What kind of publication it is, in the words of its source."""

    @property
    def kind(self) -> Literal["passage"]:
        return "passage"

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return self.source, self.start, self.end

    def cited(self, language: str) -> str:
        """What is quoted, in words: title, kind of study and year as far as they are known, and the record."""
        chinese = language == "zh"
        title = re.sub(r"[\s.?？。]+$", "", " ".join(self.title.split())).replace("“", "‘").replace("”", "’")
        told = [title, study(self.title, self.types)[chinese], str(self.year) if self.year else ""]
        words = ("，" if chinese else ", ").join(part for part in told if part)
        return f"{words}{'；' if chinese else '; '}{self.source}" if words else self.source
