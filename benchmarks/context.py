"""What is said of mentions: how often it is right, and how long it takes.

    python benchmarks/context.py
    python benchmarks/context.py --data ../shared/data

Without data: the sentences written for the tests, by language and split, and the time of an abstract of 1,500
characters with 15 mentions, by the rules alone and with the weights. With it: the symptoms of the consultations of
CMDD's dev part, and the annotated notes side by side with negspacy and the reference rules of NegEx (the extra
`bench`). The weights were trained on those notes: cross-validated figures stand in models/context-notes/README.md.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from time import perf_counter

import numpy as np
from report import figure

from text.context import dialogue, weighed
from text.context.judge import RULES, Context
from text.context.rules import judge_by_rule
from training.context import judge, notes
from training.context.dialogue import consultations, measured

ROOT = Path(__file__).resolve().parents[1]
FACT = ("affirmed", "certain", "patient")
ABSTRACT = (
    "Patients with asthma were followed for two years and did not develop pneumonia or sepsis. No evidence of fibrosis "
    "was found, but cough persisted in most. The risk of stroke may be increased where hypertension is not treated. "
)
WORDS = ("asthma", "pneumonia", "sepsis", "fibrosis", "cough", "stroke", "hypertension")


def traps(name: str, context: Context) -> None:
    counts: dict[tuple[str, str], list[int]] = {}
    for file, part in (("traps.tsv", "split"), ("more.tsv", "round")):
        path = ROOT / "tests" / "text" / "context" / file
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            start, end = row["sentence"].index("["), row["sentence"].index("]") - 1
            text = row["sentence"].replace("[", "").replace("]", "")
            (judged,) = context.judge(text, [(start, end)], row["language"])
            given = (judged.polarity, judged.certainty, judged.experiencer)
            gold = (row["polarity"], row["certainty"], row["experiencer"])
            tally = counts.setdefault((row["language"], row[part]), [0] * 6)
            tally[0] += 1
            tally[1] += given == gold
            tally[2] += gold != FACT
            tally[3] += gold != FACT and given == FACT
            tally[4] += gold[0] == "affirmed"
            tally[5] += gold[0] == "affirmed" and given[0] == "negated"
    for (language, split), (all, right, other, taken, affirmed, denied) in sorted(counts.items()):
        place = {"by": name, "language": language, "split": split}
        figure("context_exact", 100 * right / all, "%", sentences=all, **place)
        figure("context_false_affirmed", 100 * taken / max(1, other), "%", sentences=other, **place)
        figure("context_false_negated", 100 * denied / max(1, affirmed), "%", sentences=affirmed, **place)


def trained() -> Context:
    models = ROOT / "models"
    return Context(
        dialogue.opened(models / "context" / "weights.npz"), weighed.opened(models / "context-notes" / "weights.npz")
    )


def speed(rounds: int) -> None:
    text = (ABSTRACT * 6)[:1500]
    found = sorted((at, at + len(word)) for word in WORDS for at in range(len(text)) if text.startswith(word, at))
    spans = found[:: max(1, len(found) // 15)][:15]
    for name, context in (("rules", RULES), ("model", trained())):
        context.judge(text, spans, "en")
        best = min(_seconds(context, text, spans) for _ in range(rounds))
        figure("context_abstract", 1000 * best, "ms", by=name, characters=len(text), mentions=len(spans))


def _seconds(context: Context, text: str, spans: list[tuple[int, int]]) -> float:
    begun = perf_counter()
    context.judge(text, spans, "en")
    return perf_counter() - begun


def consulted(path: Path) -> None:
    context = trained()
    gold: list[int] = []
    ruled: list[int] = []
    learned: list[int] = []
    for one in consultations(path):
        gold += one.statuses
        for found, judged in (
            (ruled, judge_by_rule(one.text, one.spans, "zh")),
            (learned, context.judge(one.text, one.spans, "zh")),
        ):
            found += [dialogue.STATUSES.index(dialogue.by_rule(judgement)) for judgement in judged]
    truth = np.array(gold)
    for name, given in (("majority", [0] * len(gold)), ("rules", ruled), ("model", learned)):
        for key, value in measured(np.array(given), truth).items():
            figure(f"dialogue_{key}", 100 * value, "%", by=name, symptoms=len(gold))


def noted(path: Path) -> None:
    """The annotated notes of `path`: what is denied, what is past and whose it is, by each in turn."""
    annotated = notes.read(path)
    held = [note for note in annotated if note.span is not None]
    figure("notes_without_phrase", len(annotated) - len(held), "sentences", sentences=len(annotated))
    by = {"negex": _by_negex(held), "negspacy": _by_negspacy(held)}
    for name, context in (("rules", RULES), ("model", trained())):
        judged = [context.judge(note.text, [note.span], "en")[0] for note in held if note.span]
        by[name] = [(one.polarity == "negated", one.certainty == "historical") for one in judged]
        right = sum((one.experiencer == "patient") == note.of_patient for one, note in zip(judged, held, strict=True))
        figure("notes_experiencer", 100 * right / len(held), "%", by=name, sentences=len(held))
    for name, verdicts in by.items():
        for key, value in judge.measured(verdicts, annotated).items():
            if name in ("rules", "model") or not key.startswith("historical"):
                figure(f"notes_{key}", 100 * value, "%", by=name, sentences=len(annotated))


def _by_negspacy(held: list[notes.Note]) -> list[tuple[bool, bool]]:
    """By the clinical terms of negspacy, each phrase the one entity of its sentence."""
    import spacy
    from negspacy.negation import Negex  # noqa: F401 registers the component
    from negspacy.termsets import termset

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    negex = nlp.create_pipe("negex", config={"neg_termset": termset("en_clinical").get_patterns()})
    verdicts = []
    for note in held:
        doc = nlp(note.text)
        start, end = note.span or (0, 0)
        entity = doc.char_span(start, end, label="FINDING", alignment_mode="expand")
        if entity is not None:
            doc.set_ents([entity])
        negex(doc)
        verdicts.append((entity is not None and bool(entity._.negex), False))
    return verdicts


def _by_negex(held: list[notes.Note]) -> list[tuple[bool, bool]]:
    """By the reference code and phrases of NegEx (Chapman), as the package pynegex carries them."""
    from importlib.resources import files

    from pynegex.model.negex import negTagger, sortRules

    phrases = files("pynegex") / "model" / "triggersets" / "chapman-en.txt"
    rules = sortRules(phrases.read_text(encoding="utf-8").splitlines(keepends=True))
    verdicts = []
    for note in held:
        start, end = note.span or (0, 0)
        tagger = negTagger(sentence=note.text, phrases=[note.text[start:end]], rules=rules, negP=False)
        verdicts.append((tagger.getNegationFlag() == "negated", False))
    return verdicts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of corpora, with dialogue/CMDD and context in it")
    parser.add_argument("--rounds", type=int, default=200)
    arguments = parser.parse_args()
    traps("rules", RULES)
    traps("model", trained())
    speed(arguments.rounds)
    if arguments.data is not None:
        consulted(arguments.data / "dialogue" / "CMDD" / "dev.jsonl.gz")
        noted(arguments.data / "context" / "negex_dev.tsv")


if __name__ == "__main__":
    main()
