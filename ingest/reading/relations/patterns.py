"""Relations that a sentence states, by trigger patterns, English and Chinese.

A pattern wants two mentions of fitting types with a trigger between them (or around them) and nothing else but list
members and a few modifiers: that two things are named together is never a relation. What the trigger says is read for
polarity ("does not cause") and certainty ("may cause"), and the sentence is kept as the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.schema import PREDICATES
from ingest.model import Mention
from ingest.reading.relations.model import Finding
from ingest.reading.relations.triggers import ANY_TRIGGER, RULES, Rule
from text.context.judgement import Certainty
from text.sentences import sentences

VERSION = "patterns/4"
_REACH = 160
"""Two mentions further apart than this, in characters, are not related."""
_LIST_LENGTH = 12
"""Nor are two that have more mentions than this between them."""
_MENTIONS = 200
"""A sentence that names more is a list or a table: of its pairs those of the first so many are looked at."""
_LONGEST_CUE = 40
"""Characters of the longest phrase of `_HYPOTHETICAL`."""
_AROUND = 60
"""Characters before and behind the two that are looked at."""

_POSSIBLE = re.compile(
    r"\b(?:may|might|could|can|possibl[ey]|probabl[ey]|potential(?:ly)?|suggest\w*|appears? to|seems? to|likely|"
    r"suspected|hypothesi[sz]ed)\b|可能|疑似|或许",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:whether|if|hypothesis that|aim(?:ed)? (?:to|of)|objective|we investigated|to (?:determine|investigate|"
    r"assess|evaluate|examine|explore|test|compare|study))\b|是否|目的|探讨|旨在",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no (?:\w+ )?(?:evidence|proof|indication|association|suggestion)|not (?:\w+ )?(?:evidence|clear|known|"
    r"shown|found)|unlikely)\b|没有证据|无证据|未发现",
    re.IGNORECASE,
)
# Directly before what is said to treat or prevent.
_IN_VAIN = re.compile(
    r"\b(?:lack of (?:\w+ )?(?:efficacy|effectiveness|effect|benefit)|ineffectiveness|(?<!\w )failure) of (?:the )?$",
    re.IGNORECASE,
)
# What follows a stated treatment and takes it back.
_FAILED = re.compile(
    r"^\s*(?:therapy |treatment )?(?:(?:is|was|are|were|has been|proved|remained) )?(?:\w+ly )?(?:contraindicated|"
    r"ineffective|not (?:effective|beneficial|recommended|indicated)|failed|unsuccessful|"
    r"without (?:success|benefit|effect))\b|^\s*(?:无效|疗效不佳)",
    re.IGNORECASE,
)
# "Precipitated by lithium-induced diabetes" blames the diabetes.
_QUALIFIES = re.compile(r"\s*[-–]\s*(?:induced|associated|related|mediated)\b", re.IGNORECASE)
# Patients who have another disease first: "hypertensive patients with diabetes treated with amlodipine".
_OTHERWISE_ILL = re.compile(
    r"\b(?:hypertensive|diabetic|asthmatic|epileptic|schizophrenic|depressed|psychotic|bipolar|demented|parkinsonian|"
    r"cirrhotic|obese|septic|ur(?:a)?emic|an(?:a)?emic|arthritic|osteoporotic|alcoholic|hyperten\w+|\w+lipid(?:a)?emic|"
    r"hypo\w+|hyper\w+|[\w-]+(?:infected|positive)|cancer|dialysis|ha?emodialysis|transplant|\w+ectomi[sz]ed)"
    r" (?:patients|subjects|adults|women|men|children|individuals|people) with (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# What belongs to another thing that is the cause: "a fast rate associated with fibrillation may cause".
_COMPLEMENT = re.compile(
    r"\b(?:associated with|(?<!is )(?<!are )(?:related|secondary|due|attributable) to|(?:caused|induced) by|"
    r"resulting from|accompanying|complicating) (?:the |an? )?(?:[\w-]+ )?$",
    re.IGNORECASE,
)
# What is made less is not caused: "resulted in less nausea", "led to eradication of H. pylori", "gave asthma relief".
_LESS = re.compile(
    r"\b(?:less|fewer|lower\w*|limited|(?:reduc|decreas|attenuat)\w+(?: \w+)? (?:in|of)|(?:improv|resol|regress|"
    r"suppress|prevent|inhibit|eradicat|disappear|protect|recover)\w+(?: (?:in|of|from|against))?|"
    r"relie[fv]\w*(?: of| from)?|(?:remission|cures?|cessation|clearance|control) of|sensiti[sz]\w+|"
    r"treatment (?:of|for))(?: the)? $",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\s+(?:\w+ )?(?:cures?|eradication|remission|resolution|relief|improvement|reduction|regression|clearance|"
    r"prevention|control)\b",
    re.IGNORECASE,
)
# What is missing does nothing, nor does what is being treated: "lack of vitamin E causes", "drugs for asthma induce".
_MISSING = re.compile(
    r"\b(?:lack|absence|deficiency|withdrawal|discontinuation|cessation|depletion|removal|treatment|management|therapy|"
    r"prevention|prophylaxis|relief|control) (?:of|for) (?:(?!with|by|using|in)[\w-]+ )?$",
    re.IGNORECASE,
)
# The word that a name only qualifies: "due to a nitric oxide donor" blames no nitric oxide. A drug may itself be an
# antagonist ("treated with losartan antagonist therapy"), so these count only where something is blamed.
_HEAD = re.compile(
    r"[\s-]*(?:converting|donors?|deficiency|withdrawal|depletion|discontinuation|receptors?|hypofunction|synthase|"
    r"antibod(?:y|ies)|deprivation|removal)\b",
    re.IGNORECASE,
)
_ACTS_ON = re.compile(r"[\s-]*(?:(?:ant)?agonists?|inhibitors?|blockers?)\b", re.IGNORECASE)
# What something is said to be: "ADPKD is a genetic disorder characterized by cysts" tells nothing of genetic disorders.
_IS_A = re.compile(
    r"(?P<what>[\w)]+),? (?:is|are|was|as|represents) (?:an?|one of the) (?:(?!of |in |with |for )[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_NOBODY = frozenset(("this", "it", "there", "which", "that", "these", "what", "who"))
_BLAMED = frozenset({"causes", "has_adverse_effect", "associated_with", "gene_associated_with"})


class Patterns:
    """Keeps `ingest.reading.relations.model.Relator` with the rules of `ingest.reading.relations.triggers`; with
    `predicates` given, those of them that state one of these."""

    def __init__(self, predicates: frozenset[str] | None = None) -> None:
        self._predicates = predicates

    @property
    def version(self) -> str:
        return VERSION if self._predicates is None else f"{VERSION} of {', '.join(sorted(self._predicates))}"

    def find(
        self,
        text: str,
        mentions: Sequence[Mention],
        language: str,
        *,
        facts: bool = False,
        topic: Mention | None = None,
    ) -> list[Finding]:
        """What the sentences of `text` state. The rules of both languages are tried, whatever `language` says."""
        linked = [m for m in mentions if m.entity is not None]
        findings: dict[tuple[str, str, str, str, str, str, int], Finding] = {}
        at = 0
        for start, end in sentences(text):
            first = at
            while at < len(linked) and linked[at].start < end:
                at += 1
            here = linked[first : min(at, first + _MENTIONS)]
            if len(here) < 2 or not ANY_TRIGGER.search(text, start, end):
                continue
            for f in _of_sentence(text, (start, end), here):
                statement = (f.subject, f.predicate, f.object, f.polarity, f.certainty, f.experiencer, f.start)
                findings.setdefault(statement, f)
        return [f for f in findings.values() if self._predicates is None or f.predicate in self._predicates]


def _of_sentence(text: str, sentence: tuple[int, int], mentions: list[Mention]) -> list[Finding]:
    """What one sentence states of its mentions: for each pair what the first rule that fits says."""
    findings = []
    asked = _Asked(text, sentence[0], sentence[1])
    for row in _pairs(text, mentions):
        between = _between(text, row)
        stated = (_stated(rule, text, sentence, row[0], row[-1], between, asked) for rule in RULES)
        finding = next((one for one in stated if one is not None), None)
        if finding is not None:
            findings.append(finding)
    return findings


def _pairs(text: str, mentions: list[Mention]) -> Iterator[list[Mention]]:
    """The pairs that stand close enough to be related, each with the mentions between its two."""
    for left, a in enumerate(mentions):
        for right in range(left + 1, min(len(mentions), left + _LIST_LENGTH + 2)):
            b = mentions[right]
            if b.start - a.end > _REACH:
                break
            if a.entity != b.entity and a.end <= b.start and not _excluded(text, a) and not _excluded(text, b):
                yield mentions[left : right + 1]


class _Asked:
    """Whether words before a place in a sentence say that what follows is only asked: found once, not for each pair."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start = text, start
        first = _HYPOTHETICAL.search(text, start, end)
        self._from = first.end() if first else end + 1

    def before(self, at: int) -> bool:
        if self._from <= at:
            return True
        # A phrase may end where the mention begins, with no blank between.
        return _HYPOTHETICAL.search(self._text, max(self._start, at - _LONGEST_CUE), at) is not None


def _stated(
    rule: Rule, text: str, sentence: tuple[int, int], a: Mention, b: Mention, between: str, asked: _Asked
) -> Finding | None:
    """What `rule` reads of `a` and `b`, which stand in this order; None where it does not fit."""
    start, end = sentence
    subject, object = (b, a) if rule.reverse else (a, b)
    if subject.type not in rule.subjects or object.type not in rule.objects:
        return None
    match = rule.between.match(between)
    if match is None:
        return None
    before = text[max(start, a.start - _AROUND) : a.start]
    if rule.before is not None and not rule.before.search(before):
        return None
    if rule.after is not None and not rule.after.search(text[b.end : end]):
        return None
    if _misread(rule, text[start:end], subject, object, start, between):
        return None
    certainty = _certainty(before + between, asked=asked.before(a.start))
    negated = match.group("not") or _taken_back(rule, before, text[b.end : min(end, b.end + _AROUND)])
    first, second = _ordered(subject.entity or "", rule.predicate, object.entity or "")
    return Finding(
        subject=first,
        object=second,
        predicate=rule.predicate,
        label=rule.predicate,
        polarity="negated" if negated else "affirmed",
        certainty=certainty,
        confidence=rule.confidence if certainty == "certain" else round(rule.confidence * 0.7, 3),
        start=start,
        end=end,
        experiencer=object.experiencer,
        extractor=VERSION,
    )


def _taken_back(rule: Rule, before: str, behind: str) -> bool:
    """Whether words before or behind the two mentions deny what stands between them."""
    in_vain = rule.predicate in ("treats", "prevents") and _IN_VAIN.search(before)
    return bool(_DENIED.search(before) or in_vain or _FAILED.match(behind))


def _misread(rule: Rule, sentence: str, subject: Mention, object: Mention, start: int, between: str) -> bool:
    """Whether words around the two mentions say that another thing is meant than the trigger tells."""
    before, behind = sentence[max(0, subject.start - start - _AROUND) : subject.start - start], subject.end - start
    if rule.reverse and (_HEAD.match(sentence, behind) or _QUALIFIES.match(sentence, behind)):
        return True
    if rule.predicate == "treats":
        lead = sentence[max(0, object.start - start - _AROUND) : object.start - start]
        return rule.reverse and _OTHERWISE_ILL.search(lead) is not None
    if (
        subject.type in ("Disease", "Phenotype")
        and (definition := _IS_A.search(before))
        and definition["what"].lower() not in _NOBODY
    ):
        return True
    if rule.predicate not in _BLAMED:
        return False
    # "Treatment of cisplatin-induced nausea" blames cisplatin all the same.
    joined = between.lstrip().startswith(("-", "–"))
    if (
        not joined
        and rule.predicate == "causes"
        and subject.type not in ("Gene", "Variant")
        and _MISSING.search(before)
    ):
        return True
    if not joined and not rule.reverse and _COMPLEMENT.search(before):
        return True
    if rule.reverse:
        return _ACTS_ON.match(sentence, behind) is not None
    return bool(_LESS.search(between) or (not joined and _ENDED.match(sentence, object.end - start)))


def _excluded(text: str, mention: Mention) -> bool:
    """Whether the mention is what something is not ("non-paracetamol-induced")."""
    return text[max(0, mention.start - 4) : mention.start].lower().endswith(("non-", "non–", "non "))


def _between(text: str, mentions: list[Mention]) -> str:
    """The text between the first and the last of `mentions`, each mention between them as §."""
    parts = []
    position = mentions[0].end
    for mention in mentions[1:]:
        parts.append(text[position : mention.start])
        position = mention.end
    # Runs of blanks as one: a trigger has many places for a blank, and each would try every share of a run.
    return re.sub(r"\s+", " ", "§".join(parts))


def _certainty(near: str, *, asked: bool) -> Certainty:
    if asked:
        return "hypothetical"
    return "possible" if _POSSIBLE.search(near) else "certain"


def _ordered(subject: str, predicate: str, object: str) -> tuple[str, str]:
    return (object, subject) if PREDICATES[predicate].symmetric and object < subject else (subject, object)
