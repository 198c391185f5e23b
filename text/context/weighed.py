"""What the words around a mention weigh for its being denied, and for its being of the past.

A phrase and its scope decide most sentences; what is left over ("did have some", "social history: former …", a list of
diagnoses behind "complications: none") differs from ward to ward and cannot be written down phrase by phrase. A linear
model over hashed features (Weinberger 2009, arXiv:0902.2206), learned from annotated notes, reads the words on either
side, every trigger with its distance and what stands between, and the headings of the sentence. What the rules conclude
is no feature: they were completed on the same notes, so a model would learn to trust them more than it should. Their
verdict is the other voice, and is kept unless the weights are sure of the contrary.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from text.context import dialogue
from text.context.dialogue import Weights
from text.context.judgement import Certainty, Judgement, Polarity
from text.context.scanned import Scanned
from text.context.triggers import Trigger, resolved

BUCKETS = 1 << 16
DECISIONS = ("negated", "historical")
"""The columns of a table of weights."""
REACH = 220
"""Characters looked at on either side."""
KEPT = {"negated": 4.0, "historical": 1.0}
"""How clearly the log odds must speak against what the rules found before it is undone."""
FOUND = {"negated": 1.5, "historical": 0.0}
"""How clearly they must speak for what the rules did not find."""
_TRIGGERS = 8
"""Triggers looked at on either side."""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d.]*|[\u3400-\u9fff]|[^\s\w]")
# A heading within a sentence: in capitals wherever it stands, or with the first words of the sentence.
_HEAD = re.compile(r"(?:^|(?<=[.;>\])] ))([A-Za-z][A-Za-z /&'()-]{1,40}):(?=\s)|([A-Z][A-Z /&'()-]{2,40}):")
_ITEM = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s|[*•]\s")
_DENIES = frozenset({"neg>", "negc>", "negs>"})
_KINDS = frozenset({"neg", "negs", "negc", "pos", "posa", "hyp", "hypc", "hist", "fam", "famh", "famn", "oth", "yes"})


def features(text: str, spans: Sequence[tuple[int, int]], language: str) -> list[npt.NDArray[np.int64]]:
    """For each (start, end) of `text` the buckets of its features, in 0 … BUCKETS - 1. A span must lie in the text."""
    return _features(Scanned(text, language), spans)


def _features(scanned: Scanned, spans: Sequence[tuple[int, int]]) -> list[npt.NDArray[np.int64]]:
    alone, chinese = len(scanned.bounds) <= 1, scanned.language == "zh"
    rows = []
    for start, end in spans:
        sentence = scanned.sentence(max(0, scanned.index(start)))
        first, last = sentence.first, max(end, sentence.last)  # a mention may go over the end of its sentence
        near = _near(sentence.ordered, start - first, end - first)
        written, small = scanned.text[first:last], scanned.folded[first:last]
        rows.append(_of_sentence(written, small, start - first, end - first, near, alone=alone, chinese=chinese))
    return rows


def _near(triggers: Sequence[Trigger], start: int, end: int) -> list[Trigger]:
    """Those of `triggers`, in order of their starts, within reach: a sentence without end is not gone through for
    each of its mentions."""
    low = bisect_left(triggers, start - REACH, key=lambda t: t.start)
    high = bisect_right(triggers, end + REACH, key=lambda t: t.start)
    return [t for t in triggers[low:high] if t.end <= end + REACH]


def _of_sentence(
    written: str, folded: str, start: int, end: int, near: Sequence[Trigger], *, alone: bool, chinese: bool
) -> npt.NDArray[np.int64]:
    left = _WORD.findall(folded, max(0, start - REACH), start)
    right = _WORD.findall(folded, end, end + REACH)
    mention = _WORD.findall(folded, start, end)
    bare = not any(word[0].isalnum() for word in (*left, *right))
    words = ["b", f"n{min(len(left) + len(right), 40) // 4}"]
    words += _of_words(left, right)
    words += _of_mention(mention, bare, alone)
    words += _of_headings(written, folded, max(0, start - 2 * REACH), start)
    near = resolved([t for t in near if t.end <= start or t.start >= end])
    words += _of_triggers(folded, [t for t in near if t.end <= start][::-1], start, end, before=True)
    words += _of_triggers(folded, [t for t in near if t.start >= end], start, end, before=False)
    if chinese:  # what a phrase or a word weighs in one language says nothing of the other
        words = [f"z{word}" for word in words]
    buckets = {crc32(word.encode(errors="replace")) % BUCKETS for word in words}
    buckets.add(ALWAYS)
    return np.array(sorted(buckets), dtype=np.int64)


def _of_words(left: list[str], right: list[str]) -> list[str]:
    before, after = [_shape(word) for word in left[-8:]], [_shape(word) for word in right[:8]]
    words = [f"L{'_'.join(before[-1:])}|{'_'.join(after[:1])}"]
    for count in range(1, 4):
        words += [f"l{count}{'_'.join(before[-count:])}", f"t{count}{'_'.join(after[:count])}"]
    words += [f"lw{word}" for word in before] + [f"rw{word}" for word in after]
    words += [f"lg{a}_{b}" for a, b in pairwise(before)]
    words += [f"rg{a}_{b}" for a, b in pairwise(after)]
    words += [f"o{'_'.join(_shape(word) for word in (*left, '#', *right)[:count])}" for count in (1, 2)]
    return words


def _of_mention(mention: list[str], bare: bool, alone: bool) -> list[str]:
    words = [f"m{'_'.join(mention[:6])}", f"mh{''.join(mention[-1:])}", f"mf{''.join(mention[:1])}"]
    words += [f"mw{word}" for word in mention[:12]] + [f"ml{min(len(mention), 6)}"]
    if bare:  # an item of a list; of a text that holds nothing else nobody knows the heading
        words += [f"B{alone}", *(f"Bw{alone}{word}" for word in mention), f"Bl{alone}{min(len(mention), 5)}"]
    return words


def _of_headings(written: str, folded: str, first: int, start: int) -> list[str]:
    """The last heading that stands in the sentence before the mention."""
    heads = list(_HEAD.finditer(written, first, start)) if written.find(":", first, start) >= 0 else []
    words = [f"H{len(heads) > 0}"]
    for match in heads[-1:]:
        name = folded[match.start() : match.end()].strip(" :")
        behind = len(folded[match.end() : start].split())
        words += [f"H{name}", f"Hd{min(behind, 8) // 2}", f"Hi{bool(_ITEM.search(folded, match.end(), start))}"]
        words += [f"Hw{word}" for word in name.split()]
    if _ITEM.search(folded, max(0, start - 6), start):
        words.append("item")
    return words


def _of_triggers(folded: str, near: Sequence[Trigger], start: int, end: int, *, before: bool) -> list[str]:
    """The triggers on one side of the mention, the nearest one first."""
    side = "<" if before else ">"
    words = [f"T{side}{'' if near else 'none'}"]
    behind = "_".join(_WORD.findall(folded, end, end + 20)[:2])
    seen: set[str] = set()
    stopped = ""
    for place, trigger in enumerate(near[:_TRIGGERS]):
        between = folded[trigger.end : start] if before else folded[end : trigger.start]
        distance = _distance(len(between.split()))
        commas = min(between.count(",") + between.count("，") + between.count("、"), 3)
        broken = _broken(between)
        if place == 0:
            words += [f"T1{side}{'+'.join(sorted(trigger.kinds))}{distance}", f"T1{side}{trigger.phrase}"]
        for kind in sorted(trigger.kinds - seen):
            state = f"{side}{kind}{stopped}"
            words += [f"T{state}", f"Td{side}{kind}{distance}", f"Tc{state}{commas}{broken}"]
            words.append(f"Tr{side}{kind}{distance}{broken}")
            if kind.rstrip("<>|") in _KINDS:
                words += [f"Tp{side}{trigger.phrase}", f"Tp{side}{trigger.phrase}{distance}"]
                words.append(f"Tp{state}{trigger.phrase}")
            if before and kind in _DENIES:
                clause = between[max(between.rfind(","), between.rfind("，")) + 1 :].split()
                words += [f"Tk{bool(commas)}{'_'.join(clause[:2])}", f"Tx{bool(commas)}{behind}"]
        seen |= trigger.kinds
        stopped = "".join(sorted(kind for kind in seen if kind.startswith("stop")))
    return words


def _broken(between: str) -> str:
    """What ends a clause in `between`."""
    if ";" in between or "；" in between:
        return ";"
    return ":" if ":" in between or _ITEM.search(between) else ""


def _distance(count: int) -> str:
    return str(count) if count < 3 else "3-5" if count < 6 else "6-9" if count < 10 else "10"


def _shape(word: str) -> str:
    return "0" if word[0].isdigit() else word


ALWAYS = crc32(b"b") % BUCKETS
"""The bucket that every mention has."""


def scores(rows: Sequence[npt.NDArray[np.int64]], table: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(rows, 2) float32: the log odds of each of `DECISIONS`."""
    return np.array([table[row].sum(axis=0) for row in rows], dtype=np.float32).reshape(-1, len(DECISIONS))


def weighed(
    scanned: Scanned, spans: Sequence[tuple[int, int]], ruled: Sequence[Judgement], weights: Weights
) -> list[Judgement]:
    """What the rules say of each (start, end) of a text, or the contrary where the weights are sure of it.

    What the layout settled stays, and so do doubt, hypothesis and whose it is: the weights tell only what is denied,
    and what of the patient's is of the past.
    """
    open_ = [place for place, verdict in enumerate(ruled) if not verdict.settled and spans[place][0] < spans[place][1]]
    odds = scores(_features(scanned, [spans[place] for place in open_]), weights.table)
    judged = list(ruled)
    for place, (denied, past) in zip(open_, odds.tolist(), strict=True):
        judged[place] = joined(ruled[place], denied, past)
    return judged


def joined(verdict: Judgement, denied: float, past: float) -> Judgement:
    """The verdict of the rules with the log odds of its being denied and of its being of the past."""
    if verdict.settled:
        return verdict
    negated = verdict.polarity == "negated"
    if verdict.certainty not in ("hypothetical", "possible"):  # a question states nothing, and a doubt is no denial
        negated = decided("negated", negated, denied)
    certainty: Certainty = verdict.certainty
    if certainty in ("certain", "historical") and verdict.experiencer == "patient":
        # What somebody denies is of now, unless it is of his habits: "Denies any history of gout" is no past gout.
        past -= negated and certainty == "certain"
        certainty = "historical" if decided("historical", certainty == "historical", past) else "certain"
    polarity: Polarity = "negated" if negated else "affirmed"
    reason = verdict.reason
    if polarity != verdict.polarity:
        reason = f"the trained judge, against {reason or 'the phrases'}"
    return replace(verdict, polarity=polarity, certainty=certainty, reason=reason)


def decided(decision: str, ruled: bool, odds: float) -> bool:
    """What holds: as the rules have it, unless the log odds speak clearly for the contrary."""
    return odds > -KEPT[decision] if ruled else odds > FOUND[decision]


def opened(path: Path) -> Weights:
    """The weights of the file `path`. Raises OSError, and ValueError where it holds none of this model."""
    weights = dialogue.opened(path)
    if weights.table.shape != (BUCKETS, len(DECISIONS)):
        raise ValueError(f"{path} holds no weights of the words around a mention")
    return weights
