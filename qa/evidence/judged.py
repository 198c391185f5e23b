"""How the numbers of the tables of conditions that come with medgraph read: they are by judgement, and say so."""

from __future__ import annotations

from graph.model import Assertion

SOURCE = "medgraph-conditions"
BY_JUDGEMENT = ("by judgement", "凭判断估计")

_SAID = {
    ("has_modifier", "MEDGRAPH:must-not-be-missed"): ("{s} must not be missed", "{s}不可漏诊"),
    ("occurs_in", "MEDGRAPH:population-general"): ("{s} occurs in the general population", "{s}见于普通人群"),
}
"""What joins a condition with what is no thing of its own."""


def said(predicate: str, object: str, subject: str, language: str) -> str:
    """Such a statement by the name of its subject; empty for any other."""
    patterns = _SAID.get((predicate, object))
    return patterns[language == "zh"].format(s=subject) if patterns else ""


def is_judged(assertion: Assertion) -> bool:
    """Whether its numbers are those of these tables."""
    return assertion.source == SOURCE


def of_hundred(value: str, *, chinese: bool) -> str:
    """`85%` as so many of a hundred, of a thousand where it is less than one."""
    share = float(value.rstrip("%"))
    many, whole = (share, "100") if share >= 1 or not share else (10 * share, "1,000")
    return f"每{whole}人中{many:g}人" if chinese else f"in {many:g} of {whole}"


def qualifier(key: str, value: str, *, chinese: bool) -> str:
    """One qualifier of these tables in words; empty for one that is not part of what is stated."""
    match key:
        case "frequency":
            return of_hundred(value, chinese=chinese)
        case "incidence":
            count = f"{float(value):,g}"
            return f"每10万人每年约{count}例" if chinese else f"about {count} new cases a year per 100,000"
        case "female":
            return f"女性占{value}%" if chinese else f"{value}% of them women"
        case "ratio":
            return f"患病几率变为{value}倍" if chinese else f"odds multiplied by {value}"
        case "why":
            return "" if chinese else value.rstrip(".")
        case "why_zh":
            return value.rstrip("。") if chinese else ""
        case _:
            return ""


def counts(key: str) -> bool:
    """Whether a qualifier is a number that is by judgement."""
    return key in ("frequency", "incidence", "ratio")
