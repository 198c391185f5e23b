"""Whether a symptom named in a Chinese consultation is there, is not, or remains open.

In a dialogue a sentence does not settle it alone: "发烧吗？" is answered in the next turn, or two turns on, or was
answered before. A linear model over hashed features (Weinberger 2009, arXiv:0902.2206) reads the mention's clause and
turn, who speaks, the turns around it, what was said of the same symptom elsewhere, and what the rules make of it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from text.context.judgement import Judgement

BUCKETS = 1 << 16
Status = Literal["present", "absent", "uncertain"]
STATUSES: tuple[Status, ...] = ("present", "absent", "uncertain")

_SPEAKER = re.compile(r"\s*(医生|大夫|医师|医|患者|病人|家属|家长|患|问|答)\s*[:：]\s*")
_DOCTOR = frozenset({"医生", "大夫", "医师", "医", "问"})
_ASKS = re.compile(r"[吗么嘛呢?？]|有没有|是否|有无|是不是|会不会|没有$|不$|没$")
_CLAUSE = re.compile("[，,。；;！!？?、 \n]")
_NO = re.compile(r"没|不|无|未|否")
_YES = re.compile(r"有|是|对|嗯|会|恩")
_AROUND = 4
"""Turns looked at on either side."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks (`d` the doctor, `p` the patient, empty if the text does not say) and where the words stand."""

    speaker: str
    start: int
    end: int


def turns(text: str) -> list[Turn]:
    """The turns of `text`, one a line; none where it is no dialogue.

    A dialogue has two lines or more that name their speaker, or is of short lines that ask at least twice.
    """
    if "\n" not in text:
        return []
    found: list[Turn] = []
    at = named = asked = 0
    for line in text.split("\n"):
        match = _SPEAKER.match(line)
        start = match.end() if match else 0
        if match:
            named += 1
            speaker = "d" if match[1] in _DOCTOR else "p"
        else:
            speaker = ""
        if line.strip():
            asked += bool(re.search(r"[吗么呢?？]\s*$", line))
            found.append(Turn(speaker, at + start, at + len(line)))
        at += len(line) + 1
    if named >= 2 or (len(found) >= 4 and asked >= 2 and len(text) <= 80 * len(found)):
        return found
    return []


def features(
    text: str, said: Sequence[Turn], spans: Sequence[tuple[int, int]], ruled: Sequence[Judgement]
) -> list[npt.NDArray[np.int64]]:
    """For each span the buckets of its features, in 0 … BUCKETS - 1; `ruled` is what the rules make of each."""
    starts = [turn.start for turn in said]
    places = [max(0, bisect_right(starts, start) - 1) for start, _ in spans]
    named: dict[str, list[int]] = {}
    for index, (start, end) in enumerate(spans):
        named.setdefault(text[start:end], []).append(index)
    made = []
    for index, (start, end) in enumerate(spans):
        words = list(_of_turn(text, said[places[index]], start, end))
        words += _of_neighbours(text, said, places[index], text[start:end])
        rule = f"{ruled[index].polarity[0]}{ruled[index].certainty[:2]}{ruled[index].experiencer[0]}"
        here = said[places[index]]
        words += [f"r{rule}", f"rs{rule}{here.speaker}", f"p{min(places[index], 9)}{here.speaker}"]
        for other in named[text[start:end]]:
            if other != index:
                side = "<" if other < index else ">"
                speaker = said[places[other]].speaker
                words.append(f"same{side}{speaker}{ruled[other].polarity[0]}{ruled[other].certainty[:2]}")
        made.append(np.unique(np.array([_bucket(word) for word in set(words)], dtype=np.int64)))
    return made


def _of_turn(text: str, turn: Turn, start: int, end: int) -> list[str]:
    surface = text[start:end]
    left, right = text[max(turn.start, start - 12) : start], text[end : min(turn.end, end + 12)]
    clauses = _CLAUSE.split(left)
    near, beyond = clauses[-1], _CLAUSE.split(right)[0]
    whole = text[turn.start : turn.end][:120]
    asks = "?" if _ASKS.search(right + text[max(end, turn.end - 3) : turn.end]) else "."
    words = [
        "b",
        f"s{turn.speaker}",
        f"m{surface}",
        f"q{asks}{turn.speaker}",
        f"n{min(len(whole) // 8, 6)}{turn.speaker}",
    ]
    words += [f"c{c}" for c in surface]
    words += [f"l{n}{left[-n:]}" for n in range(1, 5)] + [f"t{n}{right[:n]}" for n in range(1, 5)]
    words += [f"L{turn.speaker}{left[-2:]}|{right[:1]}", f"e{text[max(start, turn.end - 2) : turn.end]}{turn.speaker}"]
    words += [f"ln{g}" for g in _grams(near)] + [f"rn{g}" for g in _grams(beyond)]
    words += [f"lw{g}" for g in _grams(left)] + [f"rw{g}" for g in _grams(right)]
    words += [f"w{turn.speaker}{g}" for g in _grams(whole)]
    words += [f"ms{surface}{turn.speaker}{asks}"]
    return words


def _of_neighbours(text: str, said: Sequence[Turn], place: int, surface: str) -> list[str]:
    words = []
    here = said[place]
    answered = False
    for distance in range(1, _AROUND + 1):
        if place + distance < len(said):
            turn = said[place + distance]
            after = text[turn.start : turn.end][:60]
            words += [f"a{distance}{g}" for g in _grams(after[:8])] if distance <= 2 else []
            if turn.speaker != here.speaker or not turn.speaker:
                if not answered:
                    words += [f"A{after[:n]}" for n in range(1, 4)] + [f"Aw{g}" for g in _grams(after[:12])]
                    words.append(
                        f"A#{bool(_NO.match(after))}{bool(_YES.match(after))}{min(len(after), 6)}{here.speaker}"
                    )
                answered = True
            words += _echo(after, surface, f">{turn.speaker}{here.speaker}")
        if place - distance >= 0:
            turn = said[place - distance]
            before = text[turn.start : turn.end][-60:]
            words += [f"z{turn.speaker}{g}" for g in _grams(before[-8:])] if distance == 1 else []
            words += _echo(before, surface, f"<{turn.speaker}{here.speaker}")
    return words


def _echo(turn: str, surface: str, mark: str) -> list[str]:
    """What a neighbouring turn says right before the symptom, or before its last character, if it names it again."""
    for part, kind in ((surface, "w"), (surface[:2], "h"), (surface[-1:], "c")):
        at = turn.find(part)
        if at >= 0 and part:
            before = turn[max(0, at - 3) : at]
            return [f"E{kind}{mark}{bool(_NO.search(before))}", f"E{mark}{before[-1:]}", f"E{kind}{mark}{before[-2:]}"]
    return [f"E-{mark}"]


def _grams(words: str) -> list[str]:
    return [*words, *(words[n : n + 2] for n in range(len(words) - 1))]


def _bucket(word: str) -> int:
    return zlib.crc32(word.encode()) % BUCKETS


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """(BUCKETS, 3) float32: how much a feature speaks for each of `STATUSES`; eight hex digits that tell
    them from others."""

    table: npt.NDArray[np.float32]
    digest: str


def opened(path: Path) -> Weights:
    """The weights of the file `path`. Raises OSError, and ValueError where it holds none."""
    content = path.read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            table = np.asarray(stored["weights"], dtype=np.float32)
    except (KeyError, EOFError, BadZipFile) as error:
        raise ValueError(f"{path} holds no weights of a dialogue") from error
    return Weights(table, hashlib.blake2b(content, digest_size=4).hexdigest())


def scores(rows: Sequence[npt.NDArray[np.int64]], table: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(rows, 3) float32: the score of each status."""
    return np.array([table[row].sum(axis=0) for row in rows], dtype=np.float32).reshape(-1, len(STATUSES))


def by_rule(judgement: Judgement) -> Status:
    """The status that a judgement of the rules amounts to."""
    if judgement.certainty in ("possible", "hypothetical"):
        return "uncertain"
    return "absent" if judgement.polarity == "negated" else "present"


def as_judgement(status: Status, ruled: Judgement) -> Judgement:
    """What `status` says, with the shade and the experiencer that the rules see."""
    if status == "uncertain":
        shade = "hypothetical" if ruled.certainty == "hypothetical" else "possible"
        return Judgement("affirmed", "hypothetical" if shade == "hypothetical" else "possible", ruled.experiencer)
    historical = status == "present" and ruled.certainty == "historical"
    return Judgement(
        "negated" if status == "absent" else "affirmed", "historical" if historical else "certain", ruled.experiencer
    )
