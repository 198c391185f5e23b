"""The relator of statements: ONNX weights on a CPU, without torch."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.schema import PREDICATES as OF_GRAPH
from ingest.errors import WeightsUnavailable
from ingest.model import Mention
from ingest.reading.recognition.onnx_recognizer import bare_tokenizer, session
from ingest.reading.relations.model import ALIKE, Finding
from ingest.reading.statements import gate, labels, sureness
from ingest.reading.statements.gate import Gate, Glance
from ingest.reading.statements.marking import Place, mark
from ingest.reading.statements.sureness import Scene
from ingest.reading.statements.units import Unit, units
from text.context.judgement import Certainty

VERSION = 5
"""Part of the version: higher when other findings come from a folder of the same name."""
_DENIES = re.compile(
    r"\b(?:no|not|non|none|nor|neither|never|without|cannot|fail\w*|lack\w*|absen\w+|ineffective\w*|unlikely|unrelated|"
    r"unaffected|unchanged|un\w+ed|negative|refut\w*|exclud\w*|rul(?:e|ed|es) out)\b|n['’]t\b|[不未无没非否]",
    re.IGNORECASE,
)
_DENIES_PLAINLY = re.compile(
    r"[^.;:,]*\b(?:(?:do|does|did|is|are|was|were|has|have|had|can|could|should|must|will)(?: not|n['’]t)|"
    r"cannot|no|never|without|neither|nor|fail(?:s|ed) to)\b[^.;:,]*"
    r"|[^。；，]*(?:不会|未能|不能|没有|无|未见|不)[^。；，]*",
    re.IGNORECASE,
)
"""A denial that stands between the two that it is of."""
_OF_COST = re.compile(
    r"(?:\b(?:not|nor|never|neither)\b|n['’]t\b)[^.;:,]{0,60}\bcost[ -]?(?:effective|saving|beneficial)"
    r"|[不无未没][^。；，]{0,8}(?:成本|经济)",
    re.IGNORECASE,
)
"""What denies that something is worth its price, not that it helps."""
_NEAR = 160
"""Characters between two things within which a word of denial is looked for."""
_MENTIONS = 40
"""Of a unit at most: one that names more is a table."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A unit with the pairs that are asked about, by places in `groups`, and what the network says of each.

    A fact needs two linked ends; pairs with others are rivals of those.
    """

    unit: Unit
    groups: tuple[tuple[Mention, ...], ...]
    """The topic first, where there is one."""
    pairs: tuple[tuple[int, int], ...]
    linked: tuple[bool, ...]
    """Of each pair, whether something can be told of it."""
    logits: NDArray[np.float32]
    glance: Glance


class OnnxStatements:
    """Keeps `ingest.reading.relations.model.Relator` with `model.onnx`, `tokenizer.json`, `config.json` and
    `sureness.npz`; where there is a `gate.npz`, the network is asked for facts of such sentences alone as may state
    one.

    It reads the language that its folder was trained for, sentence by sentence, each a run of its own on one thread, so
    that what is found in a text is the same in any company. Sentences without a pair to ask about cost nothing.
    """

    def __init__(self, folder: Path) -> None:
        """Raise WeightsUnavailable if the folder does not hold a model that can be run."""
        self._session = session(folder / "model.onnx")
        try:
            config = json.loads((folder / "config.json").read_bytes())
            self.language = str(config["language"])
            self._found, self._slope, self._offset = (
                np.array([config["readings"][name][field] for name in labels.PREDICATES], np.float32)
                for field in ("found", "slope", "offset")
            )
            self._flags = np.array([config["flags"][name] for name in labels.FLAGS], np.float32)
            self._denial = float(config["denial"])
            self._tokenizer = bare_tokenizer(folder / "tokenizer.json")
            self._sureness = sureness.opened(folder / "sureness.npz")
            glance = folder / "gate.npz"
            self._gate = gate.opened(glance) if glance.is_file() else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WeightsUnavailable(f"{folder} does not hold a reader of statements: {error}") from error
        self._name = f"{folder.resolve().name}/{VERSION}"
        self._version = "-".join([self._name, self._sureness.digest, *([self._gate.digest] if self._gate else [])])

    @property
    def version(self) -> str:
        return self._version

    def find(
        self,
        text: str,
        mentions: Sequence[Mention],
        language: str,
        *,
        facts: bool = False,
        topic: Mention | None = None,
    ) -> list[Finding]:
        """What the sentences of `text` state; nothing in another language than that of the weights."""
        if language != self.language:
            return []
        writable = text if text.isascii() else text.encode(errors="replace").decode()
        findings: dict[tuple[str, str, str, int], Finding] = {}
        for unit in units(writable, mentions):
            asked = self._ask(writable, unit, topic, self._gate if facts else None)
            if asked is None:
                continue
            for finding in self._findings(writable, asked, facts=facts):
                key = finding.subject, finding.predicate, finding.object, finding.start
                if key not in findings or findings[key].confidence < finding.confidence:
                    findings[key] = finding
        return sorted(findings.values(), key=lambda f: (f.start, f.end, f.subject, f.object, f.label))

    def glances(
        self, text: str, mentions: Sequence[Mention], topic: Mention | None
    ) -> Iterator[tuple[Glance, NDArray[np.int64], float]]:
        """What a gate is shown of each unit, how many facts by predicate it states, and by how much the surest thing
        that it may state passes what a fact must (below 0 where it does not): what a gate learns from."""
        writable = text if text.isascii() else text.encode(errors="replace").decode()
        for unit in units(writable, mentions):
            asked = self._ask(writable, unit, topic, None)
            if asked is not None:
                margins = (self._sure(asked) - self._sureness.least)[np.array(asked.linked)]
                yield asked.glance, (margins > 0).sum(0), float(margins.max())

    def score(self, ids: Sequence[int], first: Sequence[int], second: Sequence[int]) -> NDArray[np.float32]:
        """Logits (pairs, `labels.OUTPUTS`) of a marked unit; `first` and `second` are the places of the pairs."""
        inputs = {"ids": np.array([ids], np.int64)}
        inputs |= {"first": np.array(first, np.int64), "second": np.array(second, np.int64)}
        logits: NDArray[np.float32] = self._session.run(None, inputs)[0]
        return logits

    def _ask(self, text: str, unit: Unit, topic: Mention | None, gate: Gate | None) -> _Asked | None:
        """What the network says of the pairs of a unit; None where there is none to ask about, or `gate` is shut."""
        about = topic if topic is not None and topic.entity not in unit.linked() else None
        groups = ((about,), *unit.groups[:_MENTIONS]) if about is not None else unit.groups[:_MENTIONS]
        pairs = _pairs(unit, groups, titled=about is not None)
        if not any(pairs.values()):
            return None
        places = [
            Place(group[0].start - unit.start, group[0].end - unit.start, group[0].type)
            for group in groups[about is not None :]
        ]
        name = (about.surface, about.type) if about is not None else None
        glance = Glance(text[unit.start : unit.end], tuple(places), about.type if about is not None else None)
        if gate is not None and not gate.opens(glance):
            return None
        marked = mark(glance.text, places, self._tokenizer, name)
        pairs = {(i, j): own for (i, j), own in pairs.items() if marked.places[i] >= 0 and marked.places[j] >= 0}
        if not any(pairs.values()):
            return None
        first, second = ([marked.places[pair[side]] for pair in pairs] for side in (0, 1))
        return _Asked(unit, groups, tuple(pairs), tuple(pairs.values()), self.score(marked.ids, first, second), glance)

    def calibrated(
        self, types: Sequence[str], pairs: Sequence[tuple[int, int]], logits: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What `score` says of pairs as `sureness.features` wants it: calibrated logits of the predicates, -inf where
        one cannot be, and those of the flags."""
        count = len(labels.PREDICATES)
        can = np.array([labels.allowed(types[i], types[j], turned=j < i) for i, j in pairs])
        sure = _together(logits[:, :count]) * self._slope + self._offset
        return np.where(can, sure, -np.inf).astype(np.float32), logits[:, count:]

    def _sure(self, asked: _Asked) -> NDArray[np.float32]:
        """The logit of being right by pair and predicate, -inf where one cannot be."""
        types = tuple(group[0].type for group in asked.groups)
        topic = (None,) if asked.glance.topic is not None else ()
        scene = Scene(asked.glance.text, (*topic, *asked.glance.places), types, asked.pairs)
        return self._sureness.logits(scene, *self.calibrated(types, asked.pairs, asked.logits))

    def _findings(self, text: str, asked: _Asked, *, facts: bool) -> Iterator[Finding]:
        """What is told of each pair, both ways of it together: of two that tell the same, the likelier."""
        sure = self._sure(asked)
        enough = sure > self._sureness.least
        if not facts:
            told = _together(asked.logits[:, : len(labels.PREDICATES)]) > self._found
            enough |= told & (sure > -np.inf)
        rows = {pair: row for row, pair in enumerate(asked.pairs)}
        for row in np.flatnonzero(enough.any(1) & np.array(asked.linked)).tolist():
            i, j = asked.pairs[row]
            back = rows.get((j, i))
            kept: list[int] = []
            # Facts first: what is only told takes the place of none.
            for at in np.lexsort((-sure[row], sure[row] <= self._sureness.least)).tolist():
                name = labels.PREDICATES[at]
                if not enough[row, at]:
                    continue
                if any(name in kind and labels.PREDICATES[other] in kind for kind in ALIKE for other in kept):
                    continue
                if back is not None and enough[back, at] and sure[back, at] > sure[row, at]:
                    continue
                kept.append(at)
                yield from self._of_pair(text, asked, row, at, float(sure[row, at]))

    def _of_pair(self, text: str, asked: _Asked, row: int, at: int, sure: float) -> Iterator[Finding]:
        i, j = asked.pairs[row]
        predicate, logit = labels.PREDICATES[at], asked.logits[row]
        denied, hedged, wondered = logit[len(labels.PREDICATES) :] > self._flags
        certainty: Certainty = "hypothetical" if wondered else "possible" if hedged else "certain"
        unit = asked.unit
        clear = not denied or self._denies(text, asked, (i, j), float(logit[len(labels.PREDICATES)]))
        together = all(m[0].start >= unit.own or (asked.glance.topic is not None and at == 0) for at, m in
                       ((i, asked.groups[i]), (j, asked.groups[j])))  # fmt: skip
        for subject in asked.groups[i]:
            for object in asked.groups[j]:
                if subject.entity is None or object.entity is None or subject.entity == object.entity:
                    continue
                ends = subject.entity, object.entity
                if OF_GRAPH[predicate].symmetric and ends[1] < ends[0]:
                    ends = ends[1], ends[0]
                yield Finding(
                    subject=ends[0],
                    object=ends[1],
                    predicate=predicate,
                    label=predicate,
                    polarity="negated" if denied else "affirmed",
                    certainty=certainty,
                    confidence=round(1 / (1 + math.exp(-sure)), 4),
                    start=unit.own if together else unit.start,
                    end=unit.end,
                    experiencer=object.experiencer,
                    extractor=self._name,
                    firm=bool(sure > self._sureness.least[at]) and clear,
                )

    def _denies(self, text: str, asked: _Asked, pair: tuple[int, int], logit: float) -> bool:
        """Whether what seems denied is: by a word of the sentence where the network is sure, or by one between the two.
        A denial that is neither leaves open what the sentence says; one in the sentence before is of what that says."""
        unit = asked.unit
        if _OF_COST.search(text, unit.own, unit.end):
            return False
        one, other = sorted((asked.groups[pair[0]][0], asked.groups[pair[1]][0]), key=lambda mention: mention.start)
        near = one.start >= unit.start and other.start - one.end <= _NEAR
        if near and _DENIES_PLAINLY.fullmatch(text, one.end, other.start):
            return True
        return logit > self._denial and _DENIES.search(text, unit.own, unit.end) is not None


def _together(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logits with those of two predicates that mean the same of many a pair added, in the place of the likelier.

    Whether what a drug brings about is called caused or an adverse effect is often a matter of taste: each by itself
    would seem doubtful.
    """
    joined = logits.copy()
    for one, other in _ONE:
        both = np.logaddexp(logits[:, one], logits[:, other])
        first = logits[:, one] >= logits[:, other]
        joined[first, one] = both[first]
        joined[~first, other] = both[~first]
    return joined


_ONE = [
    (labels.PREDICATES.index(one), labels.PREDICATES.index(other))
    for one, other in (("has_adverse_effect", "causes"), ("contraindicated_in", "cautioned_in"))
]


def _pairs(unit: Unit, groups: Sequence[Sequence[Mention]], *, titled: bool) -> dict[tuple[int, int], bool]:
    """The pairs of mentions that are asked about, and whether both ends are linked; of two in the sentence before, that
    one tells by itself."""
    linked = [any(m.entity is not None for m in group) for group in groups]
    old = [group[0].start < unit.own and not (titled and at == 0) for at, group in enumerate(groups)]
    return {
        (i, j): linked[i] and linked[j]
        for i, j in labels.pairs([group[0].type for group in groups])
        if not (old[i] and old[j])
    }
