"""The scopes of trigger phrases within one sentence, and what they make of a mention.

The work grows with the text, not with its square: a sentence is scanned once, and a mention looks at the triggers
within `REACH` characters of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cached_property

from text.context import around
from text.context.judgement import Certainty, Experiencer, Judgement, Reading
from text.context.triggers import Trigger, Triggers, resolved

REACH = 220
"""Characters that a trigger reaches at most."""
_BACK = 130
_ITEM = 100
"""Characters of a line that a heading above may deny or doubt: a longer one says so itself."""

_FORWARD = frozenset({"neg", "negs", "negc", "pos", "posa", "hyp", "hypc", "hist", "fam", "famh", "famn", "oth"})
_DENYING = frozenset({"neg", "negs", "negc", "famn"})
_STOPS = {
    "stop": _FORWARD - {"fam", "famh", "famn", "oth"},
    "stopv": frozenset({"neg", "negc", "posa", "hist", "hyp"}),
    "stopn": frozenset({"neg", "negc"}),
    "stoph": frozenset({"hist"}),
    "stopp": frozenset({"fam", "famh", "famn", "oth"}),
    "stopc": frozenset({"neg", "negc", "negs", "pos", "posa", "hist", "hyp", "hypc"}),
}
_LIST = re.compile(r"\b(?:or|nor|and/or)\b")
_LISTED = re.compile(r"\b(?:or|nor|and)\b|&")
_SEMICOLON = re.compile("[;；]")
_COMMA = re.compile("[,，]")
_ENDS = re.compile(r"\s*(?:[，,。；;！!?？.]|$)| (?=[^a-z])")
_DIFFERENTIAL = ("differential", "ddx", "consideration", "diagnostic consideration")
"""What begins a list that holds all it names."""
_GOES_ON = re.compile(
    r"[ \w-]{0,12}?\b(?:is|are|was|were|has|have|had|persist\w*|occurred|developed|remain\w*|present|"
    r"increased|continues)\b(?! (?:not|ruled|absent|all|also|denied|excluded|negative|seen|noted|observed|found))"
)
_WITH = re.compile("[与和跟同]")
_RELATIVE = re.compile(r"\s*,\s*(?:which|who|that)\b[^,;]{1,80},")
_PHRASE = re.compile(r"\b(?:in|with|after|during|among|by|from|on|despite|following|via|under) (?:\w+ ){0,1}$")
# What is not given, needed or measured is denied only where it is the mention itself, not "dialysis for renal failure".
_GIVEN = re.compile(
    r"\b(?:required|needed|given|used|prescribed|indicated|established|measured|induced|experienced|involved|"
    r"diagnosed)$"
)
_GOVERNED = re.compile(
    r"\b(?:of|for|to|with|by|from|in|on|against|after) (?:the |an? |his |her |"
    r"their )?(?:[\w-]+ )?$"
)
_NOT_SO = re.compile(r"\s+(?:until|by)\b")
_LACKS = frozenset({"without", "free of", "free from", "absence of", "lack of", "lacks", "lacking", "devoid of"})
_VERBAL = re.compile(
    r"(?:does|did|do|is|was|are|were|has|have|had|can|could|would|will|fail\w*|cannot|can't|"
    r"didn't) "
)
_NUMBER = re.compile(r"\. ?#?\d")
_LAST_WORD = re.compile(r"([\w)]+)[ -]$")
_OPENS_NEGATIVE = frozenset(
    {
        "with", "is", "was", "are", "were", "be", "been", "being", "has", "had", "have", "of", "a", "an",
        "the", "and", "or", "but", "all", "both", "also", "showed", "shows", "otherwise", "for", "ros",
        "repeatedly", "persistently", "consistently", "largely", "essentially", "remains", "remained",
        "tested",
    }
)  # fmt: skip
"""Words before `negative` that make it say something of what follows; another word is the name of a test."""
_HEAD_WITHIN = re.compile(r"(?<![A-Za-z])[A-Z][A-Z ()/-]{3,}:")


class Sentence:
    """One sentence of a text, `place` in it, with its triggers."""

    def __init__(
        self, folded: str, written: str, phrases: Triggers, place: tuple[int, int], language: str, reading: Reading
    ) -> None:
        self.first, self.last = place
        self.text = folded[self.first : self.last]
        self.chinese = language == "zh"
        self.reading = reading
        self.question = self.text.rstrip("\"'”’)」")[-1:] in ("?", "？")
        self.all = [
            self._modified(trigger)
            for trigger in [*phrases.find(self.text, reading), *around.spelled(self.text)]
            # May the month opens no doubt.
            if (trigger.phrase != "may" or trigger.start == 0 or written[self.first + trigger.start] == "m")
            and not self._expects(trigger)
            and not (trigger.phrase == "no" and _NUMBER.match(self.text, trigger.end))
        ]
        self._triggers = resolved(self.all)
        self._heads = [match.start() for match in _HEAD_WITHIN.finditer(written, self.first, self.last)]
        self._starts = [t.start for t in self._triggers]

    @cached_property
    def ordered(self) -> list[Trigger]:
        """All triggers, also those that overlap, in order of their starts."""
        return sorted(self.all, key=lambda t: t.start)

    def _expects(self, trigger: Trigger) -> bool:
        """Whether the phrase opens a question that expects a yes: "Isn't fever a sign of malaria?" denies nothing."""
        return self.reading == "question" and self.question and trigger.start == 0 and "n't" in trigger.phrase

    def _modified(self, trigger: Trigger) -> Trigger:
        """`negative` behind the name of a test says nothing of what follows: "EGFR-negative lung cancer"."""
        if trigger.phrase not in ("negative", "neg"):
            return trigger
        word = _LAST_WORD.search(self.text, max(0, trigger.start - 30), trigger.start)
        if word is None or word[1] in _OPENS_NEGATIVE:
            return trigger
        return replace(trigger, kinds=trigger.kinds - {"negc>"})

    def judge(self, start: int, end: int, heading: str) -> Judgement:
        left, right = self._around(start, end)
        before = self._before(left, start, end)
        after = self._after(right, start, end)
        if after.keys() & {"neg", "yes"}:
            before.pop("hyp", None)  # "the test for Lyme disease came back negative"
        kinds = {*before, *after}
        item = len(self.text) <= _ITEM and not kinds & {"yes", "pos", "posa"}  # of a list below a heading
        if item and heading == "neg":
            return Judgement("negated", "certain", _experiencer(kinds, ""), "denied by the heading", settled=True)
        negated = self._negated(set(before), set(after), left, start)
        if item and heading == "pos" and not negated:
            return Judgement("affirmed", "possible", _experiencer(kinds, ""), "", settled=True)
        denying = [phrase for kind, phrase in [*before.items(), *after.items()] if kind in _DENYING]
        return Judgement(
            "negated" if negated else "affirmed",
            self._certainty(kinds, start, end, past=heading in ("fam", "hist") and not negated, negated=negated),
            _experiencer(kinds, heading),
            f"denied by `{denying[0] if denying else 'non-'}`" if negated else "",
        )

    def _negated(self, before: set[str], after: set[str], left: list[Trigger], start: int) -> bool:
        if "pos" in after and "neg" not in after and before & {"neg", "negs", "negc"} and not self.chinese:
            return False
        if (before | after) & _DENYING and not self._denied_twice(left, start):
            return True
        return not self.chinese and self.text.endswith(("non-", "non ", "non–"), 0, start)

    def _certainty(self, kinds: set[str], start: int, end: int, *, past: bool, negated: bool) -> Certainty:
        text = self.text
        asked = not self.chinese and (around.conditional(text, start, end) or (self.question and around.asks(text)))
        if asked or kinds & {"hyp", "hypc"}:
            return "hypothetical"
        if kinds & {"pos", "posa"} or around.doubted(text, start, end, chinese=self.chinese):
            return "possible"
        gone = kinds & {"hist", "famh"} or around.dated(text, start, end)
        return "historical" if past or (gone and not negated) else "certain"

    def _around(self, start: int, end: int) -> tuple[list[Trigger], list[Trigger]]:
        """The triggers near the mention on its left and on its right; a phrase may not reach into the mention."""
        low = bisect_left(self._starts, start - REACH)
        high = bisect_right(self._starts, end + REACH)
        near = self._triggers[low:high]
        if any(t.start < end and t.end > start for t in near):
            near = resolved(
                [t for t in self.all if start - REACH <= t.start <= end + REACH and (t.end <= start or t.start >= end)]
            )
        return [t for t in near if t.end <= start], [t for t in near if t.start >= end]

    def _before(self, triggers: list[Trigger], start: int, end: int) -> dict[str, str]:
        """The kinds whose scope, opened before the mention, holds it, each with its nearest phrase."""
        holding: dict[str, str] = {}
        stopped: set[str] = set()
        text = self.text
        for trigger in reversed(triggers):
            if _SEMICOLON.search(text, trigger.end, start) or self._headed(trigger.end, start):
                break
            if around.outside(text[trigger.end : start]):
                continue
            forward = {kind[:-1] for kind in trigger.kinds if kind.endswith(">")}
            for kind in forward - stopped:
                if self._holds(kind, trigger, start, end):
                    holding.setdefault(self._as(kind, trigger), trigger.phrase)
            for kind in trigger.kinds:
                if kind in _STOPS:
                    stopped |= _STOPS[kind]
                elif kind == "pseudo" and _VERBAL.match(trigger.phrase):
                    stopped |= _STOPS["stopv"]
            # What is hedged or denied by the nearer phrase is not by the further one.
            if forward & {"neg", "negs", "negc"} and self.chinese:
                stopped |= {"neg", "negs", "negc"}
            if forward & {"pos", "hyp"}:
                stopped |= {"neg", "negs", "negc"} if self.chinese else set()
        return holding

    def _headed(self, start: int, end: int) -> bool:
        """Whether a heading in capitals stands between: what is said before it does not reach what stands behind."""
        at = bisect_left(self._heads, self.first + start)
        return at < len(self._heads) and self._heads[at] < self.first + end

    def _as(self, kind: str, trigger: Trigger) -> str:
        if kind == "opin":
            return "neg"
        return "famh" if kind == "fam" and ("history" in trigger.phrase or "家族史" in trigger.phrase) else kind

    def _holds(self, kind: str, trigger: Trigger, start: int, end: int) -> bool:
        text = self.text
        between = text[trigger.end : start]
        if self.chinese:
            if around.attributive(trigger.phrase, between):
                return False
            return len(between) <= (60 if kind not in ("fam", "famh", "hist") else 120)
        if kind == "opin":
            return around.of_the_case(between)
        if kind == "posa":
            return len(between) <= 80 and not _COMMA.search(between)
        if kind == "oth":
            return len(between) <= 60
        if kind in ("hist", "hyp") and len(between) > 150:
            return False
        if kind == "hist" and "history" in trigger.phrase and around.lasts(text, end):
            return False  # "a history of cough for two weeks" is what somebody comes with
        if kind in ("neg", "negc", "negs", "hypc", "pos") and _COMMA.search(between):
            return self._listed(kind, trigger, between, end)
        return True

    def _listed(self, kind: str, trigger: Trigger, between: str, end: int) -> bool:
        """Whether the commas of `between` are those of a list, over which the scope goes on to the mention."""
        parts = _COMMA.split(between)
        if not all(len(part.split()) <= 7 for part in parts):
            return False
        if kind == "negs" or trigger.phrase.startswith(_DIFFERENTIAL) or around.announced(between):
            return True
        closes = _SEMICOLON.split(self.text[end : end + 120].split(", but")[0])[0]
        if around.lasts(self.text, end) and not _LIST.search(between):
            return False  # "No job, insomnia for months."
        plain = trigger.phrase in ("not", "cannot", "can't") or trigger.phrase.endswith(" not")
        if kind in ("negc", "hypc", "pos") or plain:
            return bool(_LIST.search(between + " " + closes) or _LISTED.search(parts[-1]))
        # "X, which does not cause fever, treats gout": in a claim each word counts, so only a list goes on.
        word, within = (_LISTED, parts[-1]) if self.reading == "claim" else (_LIST, between)
        if self.reading != "document" and not word.search(f"{within} {closes}"):
            return False
        return not _GOES_ON.match(self.text, end)

    def _denied_twice(self, triggers: list[Trigger], start: int) -> bool:
        """Whether what denies the mention is denied itself: "no patient was without pain"."""
        denials = [t for t in triggers if t.kinds & {"neg>", "negs>", "negc>"}]
        if self.chinese or len(denials) < 2 or denials[-1].phrase not in _LACKS:
            return False
        between = self.text[denials[-2].end : denials[-1].start]
        return len(between.split()) <= 3 and not _COMMA.search(between) and not _LISTED.search(between)

    def _after(self, triggers: list[Trigger], start: int, end: int) -> dict[str, str]:
        """The kinds whose scope, opened behind the mention, reaches back to it, each with its nearest phrase."""
        text = self.text
        at = end
        if not self.chinese and (relative := _RELATIVE.match(text, end)):
            at = relative.end()
        reaching: dict[str, str] = {}
        for trigger in triggers:
            if trigger.start - at > _BACK:
                break
            if trigger.start < at:
                continue
            between = text[at : trigger.start]
            if _SEMICOLON.search(between) or self._headed(at, trigger.start):
                break
            for kind in self._reaching(trigger, between, start):
                reaching.setdefault(kind, trigger.phrase)
            if self._closes(trigger):
                break
        return reaching

    def _reaching(self, trigger: Trigger, between: str, start: int) -> set[str]:
        """The kinds of `trigger` whose scope reaches back over `between` to the mention."""
        reaching = set()
        for kind in trigger.kinds:
            name, mark, tight = kind.partition("<")
            if mark and self._reaches(name, tight, trigger, between, start):
                reaching.add("famh" if name == "fam" and "家族史" in trigger.phrase else name)
        return reaching

    def _closes(self, trigger: Trigger) -> bool:
        """Whether nothing behind `trigger` reaches back over it."""
        if trigger.kinds & {"stop", "stopv", "stopc"} and not (self.chinese and trigger.phrase[0] not in "，,但但而"):
            return True
        opens = any(kind in ("neg>", "negc>", "negs>", "hypc>") for kind in trigger.kinds)
        return not self.chinese and opens and not any("<" in kind for kind in trigger.kinds)

    def _reaches(self, name: str, tight: str, trigger: Trigger, between: str, start: int) -> bool:
        if tight == "<":
            # In "哮喘、肺结核病史" what is named before 、 has the history too.
            listed = self.chinese and len(between) <= 12 and not _COMMA.search(between)
            return not between.strip(" \"'”") or (listed and name in ("hyp", "hist"))
        if tight == "|" and not _ENDS.match(self.text, trigger.end):
            return False
        if self.chinese:
            # "胸痛与呼吸无关" denies that breathing has to do with the pain, not the pain.
            apart = trigger.phrase == "无关" and _WITH.search(between)
            return tight == "|" or (not apart and not _COMMA.search(between))
        return self._reaches_in_english(name, trigger, between, start)

    def _reaches_in_english(self, name: str, trigger: Trigger, between: str, start: int) -> bool:
        text = self.text
        if name == "neg" and _GIVEN.search(trigger.phrase):
            governed = _GOVERNED.search(text, max(0, start - 30), start)
            return not between.strip() and not governed and not _NOT_SO.match(text, trigger.end)
        if name == "fam":
            return len(between) <= 60
        if name == "hist" and "diagnosed" in between:
            return False
        if _COMMA.search(between):
            parts = _COMMA.split(between)
            if not (_LISTED.search(parts[-1]) and all(len(part.split()) <= 5 for part in parts)):
                return False
        # "Retinopathy in patients with diabetes was not seen" denies retinopathy.
        return not (
            name == "neg" and _PHRASE.search(text, max(0, start - 30), start) and around.clause_before(text, start)
        )


def _experiencer(kinds: set[str], heading: str) -> Experiencer:
    if kinds & {"fam", "famh", "famn"} or heading == "fam":
        return "family"
    return "other" if "oth" in kinds else "patient"
