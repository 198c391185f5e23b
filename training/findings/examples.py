"""What the weights are learnt from: conclusions read by hand, and sentences of our own by form."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from qa.verdicts.concluding import concluding
from qa.verdicts.features import features
from text.words import content_words
from training.findings.fit import Example

TEMPLATES = Path(__file__).parent / "templates.tsv"
WEIGHT = 0.1
"""What one counts beside a conclusion read by hand: at four times as much they taught what few short sentences say, and
long ones were misread."""
_FILLED = (
    {"a": "zinc", "b": "placebo", "o": "diarrhoea"},
    {"a": "early surgery", "b": "standard care", "o": "older patients"},
)
_AIM = re.compile(
    r"\b(?:whether(?: or not)?|the hypothesis that|hypothesi[sz]ed that) ([^.?;:]{25,200}?)"
    r"(?:[.;]|, (?:we|using|in a|by)\b)"
)
_AUXILIARY = re.compile(r"(?:is|are|was|were|can|could|may|might|will|would|should|has|have|had|must)$", re.IGNORECASE)
_THIRD = re.compile(
    r"(?:reduce|improve|increase|decrease|prevent|affect|influence|alter|predict|cause|enhance|inhibit|induce|lead|"
    r"result|provide|produce|play)s"
)
_FORMS = {"has": "have", "goes": "go", "does": "do"}


def of_templates() -> list[Example]:
    """The sentences of `templates.tsv`, each with two fillings."""
    rows = [line.split("\t") for line in TEMPLATES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        replace(example(_filled(question, words), [_filled(said, words)], verdict), weight=WEIGHT)
        for question, said, verdict in rows
        for words in _FILLED
    ]


def of_labels(labels: Path, abstracts: Path) -> Iterator[tuple[str, Example]]:
    """Of each line of `labels` the document and the example: `{"document", "question"?, "verdict"}`. Where no question
    is given, it is the title where that is one, else what the abstract says that the study was to find out. Documents
    that are not among `abstracts` (lines of `{"pmid", "title", "abstract"}`, gzip) are left out. Raises OSError."""
    wanted = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line]
    ids = {row["document"] for row in wanted}
    texts: dict[str, tuple[str, str]] = {}
    with gzip.open(abstracts, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if f"PMID:{row['pmid']}" in ids:
                texts[f"PMID:{row['pmid']}"] = (row["title"], row["abstract"])
    for row in wanted:
        if row["document"] in texts:
            title, abstract = texts[row["document"]]
            question = row.get("question") or question_of(title, abstract)
            said = [abstract[start:end] for start, end in concluding(abstract)]
            if question and said:
                yield row["document"], example(question, said, row["verdict"])


def example(question: str, said: Sequence[str], verdict: str) -> Example:
    """A question with the sentences of a conclusion."""
    return Example(features(question, content_words(question), said), verdict)


def question_of(title: str, abstract: str) -> str:
    """The title where it is a question, else the aim of the study as one; empty where neither is there."""
    bare = title.strip(" .[]")
    if bare.endswith("?"):
        return bare
    found = _AIM.search(abstract[: len(abstract) // 2])
    return asked(found.group(1)) if found else ""


def asked(statement: str) -> str:
    """A statement as a question: `A reduces B` becomes `Does A reduce B?`."""
    words = statement.strip().rstrip(".").split()
    for place, word in enumerate(words[1:], 1):
        if _AUXILIARY.match(word):
            return f"{word.capitalize()} {' '.join(words[:place])} {' '.join(words[place + 1 :])}?"
        if word in _FORMS or _THIRD.fullmatch(word):
            base = _FORMS.get(word, word.removesuffix("s"))
            return f"Does {' '.join(words[:place])} {base} {' '.join(words[place + 1 :])}?"
    return f"Is it so that {statement}?"


def _filled(pattern: str, words: dict[str, str]) -> str:
    large = {name.upper(): text.capitalize() for name, text in words.items()}
    return pattern.format(**words, **large)
