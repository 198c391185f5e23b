"""What a medicine is authorised for, read from the words of EMA's table: exactness before coverage.

A condition counts only where it is the very object of "treatment of", "prevention of" or "indicated in patients with",
named as a whole: what else a sentence names (who has it besides, what was tried before) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from ingest.sources.curated.lexicon import shipped
from ingest.sources.files.tables import Row, rows
from ingest.sources.ids import curie
from text.context.judgement import Polarity
from text.names import normalise


@dataclass(frozen=True, slots=True)
class Condition:
    """What may be treated, by the id and the type that the lexicon gives it."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Indication:
    """One condition that a sentence, as written, states."""

    predicate: str
    polarity: Polarity
    condition: Condition
    sentence: str


_SENTENCE = re.compile(
    r"(?<!e\.g)(?<!i\.e)(?<!cf)(?<!vs)(?<!incl)(?<!\bno)(?<!\d)\.(?=\s|&nbsp;|$|[A-Z])|(?<=\d)\.(?=\s+[A-Z]|$)"
)
_SPACE = re.compile(r"\s+")
_NOT = re.compile(
    r"\bnot\b(?! (?:adequately|sufficiently|previously|controlled|responded|responding|respond|amenable|"
    r"eligible|suitable|"
    r"candidates|considered|achiev|tolerat|received|yet|appropriate|been (?:previously )?(?:treated|adequately))"
    r")|\bno longer\b|\bnever\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:•]|\s{2,}|\s[-–]\s")
_UNADVISED = re.compile(
    r"^[^;:•]*?\b(?:(?:is|are|was|were) not (?:indicated|recommended|intended)|should not be|"
    r"(?:has|have) not been (?:demonstrated|established|shown|studied))\b"
)
"""What is said behind a purpose that is none."""
_DENIED = re.compile(
    r"\b(?:(?:is|are) not (?:indicated|intended|authorised|approved|recommended)|should not be used|must not be used) "
    r"(?:for|in) (?:the )?(?:treatment|management|therapy) of ",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bdiagnos(?:is|tic|e|tics)\b|\bdetect\w*|\bimaging\b(?! features)|\bvisuali[sz]\w*|\bscintigra\w*|"
    r"\bcontrast\b|\bPET\b|\bMRI\b|"
    r"\bX-ray\b|\bdelineation\b|\bconditioning\b|\bmobili[sz]\w*|\bradiolabel\w*|\bstimulation\b",
    re.IGNORECASE,
)
"""Where the purpose is to find a disease, or to prepare for what treats it."""
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "prevents",
        re.compile(
            r"\b(?:prevention|prophyla(?:xis|ctic treatment|ctic therapy))(?: and treatment)? (?:of|against)\b|"
            r"\bprevent(?:s|ing)?\b(?= )|\bprotect\w* against\b|\bimmuni[sz]ation[^.;]{0,80}? against\b",
            re.IGNORECASE,
        ),
    ),
    (
        "palliates",
        re.compile(
            r"\b(?:symptomatic (?:treatment|relief|therapy)|relief|improvement|treatment)(?: of| in)?(?: the)? "
            r"(?:(?:signs and )?symptoms|episodes) (?:of|in|associated with)\b|"
            r"\bsymptomatic (?:treatment|relief|therapy|management)(?: of| in)\b|\b(?:for the|short-term) relief of\b",
            re.IGNORECASE,
        ),
    ),
    (
        "treats",
        re.compile(
            r"\b(?:treatment|therapy|management)(?: and (?:prevention|prophylaxis))? (?:of|for|in)\b|\bto treat\b|"
            r"\btreating\b|\bindicated (?:for|in) the control of\b|^control of\b|\bindicated (?:(?!for\b|in\b|"
            r"treatment|therapy|prevention|to\b)[\w-]+ ){0,6}?(?:for|"
            r"in)\b(?! (?:use|combination|conjunction|association|"
            r"addition|monotherapy|the (?:treatment|prevention|prophylaxis|management|relief|reduction)))|"
            r"\bindicated to treat\b",
            re.IGNORECASE,
        ),
    ),
)
_ANOTHER = re.compile(
    r"\b(?:products?|agents?|medicines?|therap(?:y|ies)|treatments?|drugs?)\s+(?:\w+\s+){0,2}?(?:for|"
    r"in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Where the purpose is that of other medicines, beside which this one is given."""
_OF_PEOPLE = re.compile(
    r"\b(?:who|whom|receiving|undergoing|undergone|received|previous(?:ly)?|prior|recipients|intolerant|failed|"
    r"failure|after|"
    r"following (?!(?:\w+ ){0,3}:)|concomitant|candidates)\b[^;•:.]*$",
    re.IGNORECASE,
)
"""Where what follows is what the people had or got, not what the medicine is for."""
_GOALS = frozenset({"weight loss"})
"""Findings that are aimed at where they are named."""
_STOP = re.compile(
    r"\b(?:who|whom|whose|which|that|when|where|after|following|unless|if|despite|receiving|undergoing|"
    r"previously treated|"
    r"based on|caused by|due to|associated with|secondary to|resulting from|in (?:combination|addition|"
    r"conjunction|association)|to (?:improve|reduce|achieve|control|prevent|delay|slow)|"
    r"without|other than|except\w*|excluding|see|at (?:high|increased) risk|such as|including|e\.g|i\.e|for whom|not|"
    r"during|before|prior to|requiring|for (?:the|use|patients|adults)|on the basis|as(?! well as)|by|while|"
    r"given|alone|used|NYHA|"
    r"classified|concomitantly|defined|evidenced|characteri[sz]ed|"
    r"where|is|are|should|may|can|has|have|under|until|once|from|aged|older|over|between|weighing)\b|[:;]|\.\s",
    re.IGNORECASE,
)
"""What ends the object of a cue."""
_AGES = re.compile(
    r",?\s*\b(?:(?:aged?|from|of|over|above|older than|at least|the age of|between|weighing|≥|>)\s+)*(?:≥|>|<)?\s?\d+"
    r"(?:\s*(?:to|-|–|and)\s*(?:<|less than)?\s*\d+)?[\s-]*(?:years?|months?|weeks?|kg)\b(?:[\s-](?:of age|old))?"
    r"(?:\s+(?:and|or)\s+(?:older|over|above|more|up))?,?(?=\s|$|\.)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s(?:[A-Z][\w-]*\s){1,4}(?:is|are) (?:also )?indicated\b")
"""Where the next heading or sentence begins without a full stop before it."""
_IN = re.compile(r"\s+(?:in|with|among|suffering from|affected by)\s+", re.IGNORECASE)
_PEOPLE = re.compile(
    r"^(?:(?:the|all|both|some|selected|certain|adult|adults|elderly|paediatric|pediatric|adolescent|"
    r"adolescents|children|"
    r"child|infants?|newborns?|neonates?|premature|preterm|men|women|male|female|males|females|postmenopausal|"
    r"pre-?menopausal|patients?|people|persons?|individuals?|subjects?|population|and|or|to|years|"
    r"treatment-naïve|naïve|"
    r"treatment-experienced|ambulatory|clinically|stable|infected|hospitali[sz]ed|immunocompetent|young|suffering|"
    r"affected|other|"
    r"\d+|,)[\s,]*)+$",
    re.IGNORECASE,
)
_MODIFIERS = re.compile(
    r"^(?:the|an?|any|all|patients? with|adults? with|children with|moderate|moderately|severe|severely|mild|to|"
    r"active|very|"
    r"highly|chronic|acute|symptomatic|advanced|metastatic|locally|local|recurrent|refractory|relapsed|"
    r"relapsing|primary|"
    r"essential|adult|adults|paediatric|pediatric|early|early-stage|late|late-stage|unresectable|resectable|"
    r"inoperable|operable|"
    r"previously|untreated|treated|newly|diagnosed|uncontrolled|inadequately|insufficiently|poorly|controlled|"
    r"persistent|"
    r"invasive|established|confirmed|suspected|proven|clinical|clinically|significant|mild-to-moderate|"
    r"moderate-to-severe|"
    r"high-risk|low-risk|intermediate|high|low|risk|stage|grade|progressive|progressing|rapidly|aggressive|indolent|"
    r"debilitating|serious|life-threatening|complicated|uncomplicated|recently|signs|symptoms|manifestations|"
    r"idiopathic|"
    r"familial|hereditary|congenital|inherited|acquired|systemic|intravenous|oral|topical|"
    r"[\w()+/-]+-(?:positive|negative|mutated|mutant|mutation|mutation-positive|resistant|refractory|sensitive|"
    r"dependent|"
    r"expressing|amplified|ineligible|eligible|experienced|overexpressing|stage|naive|naïve|grade|risk)|"
    r"(?:HER2|EGFR|ALK|BRAF|KRAS|PD-L1|BCR-ABL|FLT3|RET|MET|BRCA1?/?2?|V600E?|Ph\+|CD20|CD30|CD33|"
    r"positive|negative|mutation|mutated|squamous|non-squamous|or|and|extensive|limited|"
    r"superficial|nonhypertrophic|non-hypertrophic|nonhyperkeratotic|documented|ongoing|current|recalcitrant|"
    r"(?:acute |recurrent )?(?:attacks?|episodes|exacerbations|flares) of|castration[ -]resistant|non[ -]metastatic|"
    r"hormone[ -](?:sensitive|refractory|dependent|receptor[ -]positive)|platinum[ -](?:sensitive|resistant)|"
    r"ambulant|stable|unstable))\s+(?=\S)",
    re.IGNORECASE,
)
"""What stands ahead of a condition and leaves it the same, or makes it a kind of it."""
_BRACKETS = re.compile(r"\s*[\[(][^\[\])(]*[\])]")
_ITEMS = re.compile(r"\s*(?:,|/|\band/or\b|\band\b|\bor\b|\bas well as\b)\s*", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s+(?:patients?|adults?|subjects?|episodes|attacks|infections? only|disease only|symptoms?|monotherapy)$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\bfollowing\b|\bthese\b", re.IGNORECASE)
_WITH = re.compile(r"\s*\b(?:with|in|for|of)\s*$", re.IGNORECASE)
_HIV = re.compile(r"(?:hiv|human immunodeficiency virus)(?: type)?(?: 1)?(?: hiv(?: 1)?)? infect(?:ed|ion)\b")
_BULLETS = re.compile(r"\s{2,}|\s[-–•]\s|;")


def conditions() -> Mapping[str, Condition]:
    """By normalised English name the diseases and findings of the shipped lexicon and of the table beside this. A
    disease goes before a finding of its name. Reads them anew."""
    every = [
        row
        for path in (*shipped(), Path(__file__).with_name("ema_conditions.tsv"))
        for row in rows(path, ("id", "type", "name"))
        if isinstance(row, Row) and row["type"] in ("Disease", "Phenotype")
    ]
    named: dict[str, Condition] = {}
    for row in every:
        named.setdefault(row["id"], Condition(curie(row["id"]), row["type"], row["name"]))
    own: dict[str, Condition] = {}
    for row in sorted(every, key=lambda row: row["type"]):
        for name in (row["name"], *row["synonyms"].split("|")):
            if key := normalise(name):
                own.setdefault(key, named[row["id"]])
    return {name: one for name, one in own.items() if name not in _GOALS}


def indications(text: str, known: Mapping[str, Condition]) -> Iterator[Indication]:
    """What a cell of the table states, in its order, each once."""
    told: set[tuple[str, str, str]] = set()
    for sentence in _sentences(text):
        for one in _of_sentence(sentence, known):
            key = (one.predicate, one.polarity, one.condition.id)
            if key not in told:
                told.add(key)
                yield one


def _sentences(text: str) -> list[str]:
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    starts = [0, *ends]
    return [part for start, end in zip(starts, [*ends, len(text)], strict=True) if (part := text[start:end].strip())]


def _of_sentence(sentence: str, known: Mapping[str, Condition]) -> Iterator[Indication]:
    plain = unescape(sentence).replace("\xa0", " ").replace("’", "'")
    for denial in _DENIED.finditer(plain):
        for condition in _object(plain[denial.end() :], known):
            yield Indication("treats", "negated", condition, sentence)
    if _OTHER.search(plain):
        return
    cues = sorted((match.start(), match.end(), kind) for kind, words in _CUES for match in words.finditer(plain))
    for place, (start, end, kind) in enumerate(cues):
        before = cues[place - 1][1] if place else 0
        if start < before or _ANOTHER.search(plain[:start]) or _OF_PEOPLE.search(plain, before, start):
            continue
        if _NOT.search(_CLAUSE.split(plain[before:start])[-1]):
            continue
        rest = plain[end : cues[place + 1][0] if place + 1 < len(cues) and cues[place + 1][0] > end else None]
        if _UNADVISED.search(rest):
            continue
        both = " and " in plain[start:end] and kind != "palliates"
        for condition in _listed(rest, known):
            for predicate in ("treats", "prevents") if both else (kind,):
                yield Indication(predicate, "affirmed", condition, sentence)


def _listed(rest: str, known: Mapping[str, Condition]) -> Iterator[Condition]:
    """The objects of a cue: of each item, where a list follows a colon."""
    head, colon, items = rest.partition(":")
    head = _WITH.sub("", head)
    if colon and (_FOLLOWING.search(head) or _PEOPLE.match(f"{head.strip()} ") or not head.strip()):
        for item in _BULLETS.split(items):
            yield from _object(item, known)
    else:
        yield from _object(rest, known)


def _object(rest: str, known: Mapping[str, Condition]) -> Iterator[Condition]:
    """What stands at once behind a cue; behind the people where these stand there."""
    text = _SPACE.sub(" ", _AGES.sub(" ", _BRACKETS.sub(" ", _BRACKETS.sub(" ", rest)))).strip(" -–•,")
    heading = _HEADING.search(text)
    text = text[: heading.start()] if heading else text
    stop = _STOP.search(text)
    text = text[: stop.start()] if stop else text
    parts = _IN.split(text)
    first = parts[0].strip(" ,")
    if len(parts) > 1 and (not first or _PEOPLE.match(f"{first} ")):
        first = parts[1].strip(" ,")
    whole = _condition(first, known)
    if whole is not None:
        yield whole
        return
    for item in _ITEMS.split(first):
        if (one := _condition(item, known)) is not None:
            yield one


def _condition(text: str, known: Mapping[str, Condition]) -> Condition | None:
    """What a phrase names as a whole, without what tells how grave or how far it is."""
    text = text.strip(" .,-–")
    while text:
        if _HIV.match(normalise(text)):
            return known.get("hiv infection")
        for form in (text, _BEHIND.sub("", text)):
            if (one := known.get(normalise(form))) is not None:
                return one
        shorter = _MODIFIERS.sub("", text)
        if shorter == text:
            return None
        text = shorter.strip()
    return None
