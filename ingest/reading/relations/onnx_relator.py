"""The trained relator that runs everywhere: ONNX weights and numpy on a CPU, without torch."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import WeightsUnavailable
from ingest.model import Mention
from ingest.reading.recognition.onnx_recognizer import bare_tokenizer, session
from ingest.reading.relations import labels
from ingest.reading.relations.calibration import Reading, confidences
from ingest.reading.relations.encoding import Page, is_drug_disease, pages
from ingest.reading.relations.features import features
from ingest.reading.relations.forest import Forest
from ingest.reading.relations.head import Head
from ingest.reading.relations.model import Finding
from ingest.reading.relations.pairs import Entity, evidence, sentence_of
from ingest.reading.relations.prior import FORESTS, prior, scaled
from ingest.reading.relations.stance import stance
from ingest.vocabulary import predicate
from text.context.judgement import Certainty, Experiencer, Polarity

VERSION = 5
"""Part of the version: higher when other findings come from a folder of the same name."""


class OnnxRelator:
    """Keeps `ingest.reading.relations.model.Relator` with `model.onnx`, `tokenizer.json`, `head.npz` and `config.json`.

    It reads English. Each chunk of a text is a run of its own on one thread, so that what is found in a text is the
    same in any company; a text without a pair to ask about costs nothing.
    """

    def __init__(self, folder: Path) -> None:
        """Raise WeightsUnavailable if the folder does not hold a model that can be run."""
        self._session = session(folder / "model.onnx")
        try:
            config = json.loads((folder / "config.json").read_bytes())
            self.readings = {name: Reading(**values) for name, values in config["readings"].items()}
            self.sharpness = float(config["sharpness"])
            self.gate = float(config["gate"])
            with np.load(folder / "head.npz", allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            self._head = Head(arrays, config["heads"], config["block"])
            self._forests = {name: Forest.of(arrays, name) for name in FORESTS}
            self._mean, self._spread = (arrays[name].astype(np.float32) for name in ("mean", "spread"))
            self.trees = unpacked(arrays["trees"])
            self._tokenizer = bare_tokenizer(folder / "tokenizer.json")
        except (OSError, ValueError, KeyError, TypeError, zlib.error) as error:
            raise WeightsUnavailable(f"{folder} does not hold a relator: {error}") from error
        self._version = f"{folder.resolve().name}/{VERSION}"

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
        """What `text` says of its linked mentions; nothing for a language other than English.

        With `facts` only pairs of a drug and a disease are asked about, and the network runs only over the pages where
        the forests find one of them promising: they cost a fiftieth of it.
        """
        if language != "en":
            return []
        writable = text if text.isascii() else text.encode(errors="replace").decode()
        findings: dict[tuple[str, str, str, int], Finding] = {}
        for page in pages(writable, mentions, self._tokenizer):
            if facts:
                page = replace(page, pairs=tuple(pair for pair in page.pairs if is_drug_disease(page, pair)))
                if not page.pairs:
                    continue
            rows = features(writable, page.bounds, page.entities, page.pairs, self.trees)
            verdicts = self.prior(page, rows)
            if facts and verdicts[:, labels.CID].max() < self.gate:
                continue
            logits, looks = self._read(page, rows, verdicts)
            for finding in self._findings(writable, page, logits, looks, mentions):
                key = finding.subject, finding.object, finding.label, finding.start
                if key not in findings or findings[key].confidence < finding.confidence:
                    findings[key] = finding
        return sorted(findings.values(), key=lambda f: (f.start, f.end, f.subject, f.object, f.label))

    def read(self, text: str, page: Page) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Logits of the pairs of a page (pairs, outputs), and where each looks (pairs, tokens)."""
        rows = features(text, page.bounds, page.entities, page.pairs, self.trees)
        return self._read(page, rows, self.prior(page, rows))

    def _read(
        self, page: Page, rows: NDArray[np.float32], verdicts: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        runs = [self._session.run(None, {"ids": np.array([chunk], np.int64)}) for chunk in page.chunks]
        last, before = (np.concatenate([run[at][0] for run in runs]) for at in (0, 1))
        return self._head.score(last, before, page.marks, page.pairs, scaled(rows, self._mean, self._spread), verdicts)

    def prior(self, page: Page, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the forests say of the pairs of a page from its unscaled features."""
        return prior(page, rows, self._forests)

    def _findings(
        self,
        text: str,
        page: Page,
        logits: NDArray[np.float32],
        looks: NDArray[np.float32],
        mentions: Sequence[Mention],
    ) -> Iterator[Finding]:
        types = [labels.BIORED[at] for at in logits[:, labels.TYPES].argmax(1)]
        sure = confidences(logits, self.readings, self.sharpness)
        for row, (i, j) in enumerate(page.pairs):
            subject, object = page.entities[i], page.entities[j]
            drug = is_drug_disease(page, (i, j))
            told = [
                (name, types[row] if name == "related" else name)
                for name, output in labels.QUESTIONS.items()
                if (drug or name == "related") and logits[row, output] > self.readings[name].found
            ]
            if not told:
                continue
            weights = np.bincount(page.sentence, looks[row], len(page.bounds)).tolist()
            start, end, stated = evidence(page.bounds, subject, object, weights)
            polarity, certainty = _stance(text, start, end, subject, object)
            experiencer: Experiencer = next(
                (m.experiencer for m in mentions if m.entity == object.id and start <= m.start < end), "patient"
            )
            # Learned from single sentences: of two that are named apart some outputs know nothing.
            together = stated and sentence_of(page.bounds, end - 1) == sentence_of(page.bounds, start)
            for name, label in told:
                reading = self.readings[name]
                if name in labels.OF_SENTENCES and not together:
                    continue
                firm = name in labels.FACTS and stated and logits[row, labels.QUESTIONS[name]] > reading.firm
                # The pairs that are asked about have their subject first, as the vocabulary has it.
                stated_as = predicate(label, subject.kind, object.kind)
                yield Finding(
                    subject.id,
                    object.id,
                    stated_as.predicate if stated_as else "",
                    label,
                    polarity,
                    certainty,
                    round(float(sure[name][row]), 4),
                    start,
                    end,
                    experiencer=experiencer,
                    extractor=self._version,
                    firm=bool(firm),
                )


def _stance(text: str, start: int, end: int, subject: Entity, object: Entity) -> tuple[Polarity, Certainty]:
    """By the mentions of the two that stand closest together in the evidence."""
    inside = [[span for span in entity.spans if start <= span[0] < end] for entity in (subject, object)]
    if not inside[0] or not inside[1]:
        return "affirmed", "possible"
    first, second = min(
        ((a, b) for a in inside[0] for b in inside[1]), key=lambda ab: max(ab[0][0] - ab[1][1], ab[1][0] - ab[0][1])
    )
    return stance(text, start, end, first, second)


def packed(trees: dict[str, tuple[str, ...]]) -> NDArray[np.uint8]:
    """Tree numbers by id as bytes: a line each, compressed."""
    lines = "\n".join(f"{id} {'|'.join(numbers)}" for id, numbers in sorted(trees.items()))
    return np.frombuffer(zlib.compress(lines.encode(), 9), np.uint8)


def unpacked(array: NDArray[np.uint8]) -> dict[str, tuple[str, ...]]:
    """What `packed` packed."""
    lines = zlib.decompress(array.tobytes()).decode().splitlines()
    return {id: tuple(numbers.split("|")) for id, _, numbers in (line.partition(" ") for line in lines)}
