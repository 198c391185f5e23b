"""Contrastive training of an encoder: a question is to be nearer to its own passage than to all others of its batch.

Two readings of a network are trained at once: the state of the first token, which is the vector that is shipped, and
the mean of the tokens of each sentence, the best of which is compared with the mean of the question's. The second makes
the states of single sentences carry what they say, and the first gains by it. The loss is the cross-entropy over the
batch at a temperature of .02 (InfoNCE; van den Oord et al. 2018, "Representation Learning with Contrastive Predictive
Coding"). Word and position tables stay as they are.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from text.sentences import sentences
from training.export import export
from training.log import Log
from training.retriever.pairs import Pair

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

TEMPERATURE = 0.02
QUESTION, PASSAGE = 64, 192
"""Tokens that are read in training."""
READ = 256
"""Tokens that the shipped encoder reads."""
PIECE = 900
"""Characters of a passage, as ingestion cuts them."""
SENTENCES = 10


def train(
    network: Any, tokenizer: Tokenizer, batches: Sequence[Sequence[Pair]], out: Path, *, rate: float, seed: int = 1
) -> None:
    """Train `network`, a BERT, on `batches`; the losses go to `out`/log.jsonl, the weights to `out`/network.

    The rate rises over the first 30 steps to `rate` and falls to a twentieth of it. On a processor the products are
    taken in bfloat16.
    """
    import torch

    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 not for secrets
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network.to(device).train()
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    for parameter in network.embeddings.parameters():
        parameter.requires_grad_(False)
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    log = Log(out)
    for step, batch in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 30) * max(0.05, 1 - step / len(batches))
        whole, of_sentences = losses(network, tokenizer, batch, chance)
        optimizer.zero_grad()
        (whole + of_sentences).backward()  # type: ignore[no-untyped-call]  # torch does not type it
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        log.write(step=step + 1, whole=round(whole.item(), 4), of_sentences=round(of_sentences.item(), 4))
    network.eval().to("cpu").save_pretrained(out / "network")


def losses(
    network: Any, tokenizer: Tokenizer, batch: Sequence[Pair], chance: random.Random
) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss of the vectors and that of the sentences, over one batch."""
    import torch
    from torch.nn import functional as F

    asked = [pair.question[:400] for pair in batch]
    texts = [piece(pair.text, chance) for pair in batch]
    questions, of_question, _ = _states(network, tokenizer, asked, QUESTION)
    passages, _, offsets = _states(network, tokenizer, texts, PASSAGE)
    of_question[:, 0] = 0
    whole = F.normalize(questions[:, 0], dim=1) @ F.normalize(passages[:, 0], dim=1).T
    means = F.normalize((questions * of_question[:, :, None]).sum(1), dim=1)
    places = _places(texts, offsets, passages.shape[1]).to(passages.device)
    within = F.normalize(torch.einsum("bsn,bnh->bsh", places, passages) + 1e-6, dim=2)
    by_sentence = torch.einsum("qh,bsh->qbs", means, within).masked_fill(places.sum(2)[None] == 0, -1).amax(2)
    # The same text or question twice in a batch is no wrong answer.
    same = torch.tensor([[i != j and _same(a, b) for j, b in enumerate(batch)] for i, a in enumerate(batch)])
    same, right = same.to(whole.device), torch.arange(len(batch), device=whole.device)

    def loss(scores: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy((scores / TEMPERATURE).masked_fill(same, -1e4), right)

    joined = loss((whole + by_sentence) / 2) / 4
    return loss(whole) + joined, loss(by_sentence) + joined


def piece(text: str, chance: random.Random) -> str:
    """A passage of a text, as ingestion would cut it: mostly the first, which says what it is about."""
    cuts, size = [0], 0
    for start, end in sentences(text):
        if size and size + end - start > PIECE:
            cuts.append(start)
            size = 0
        size += end - start
    pieces = [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return pieces[0] if len(pieces) == 1 or chance.random() < 0.7 else chance.choice(pieces[1:])


def ship(network: Any, tokenizer: Tokenizer, out: Path) -> None:
    """Write `out`/model.onnx (int8, one unpadded text a run, `ids` to `vector` and `tokens`) and tokenizer.json.

    `vector` is the normalised state of the first token, `tokens` the states of all, of shape (tokens, dimension).
    """
    import torch

    class Read(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            states = self.network(input_ids=ids).last_hidden_state
            return torch.nn.functional.normalize(states[:, 0], dim=1), states[0]

    network.config._attn_implementation = "eager"  # what the tracing exporter can follow
    export(
        Read(),
        {"ids": torch.arange(17)[None] % network.config.vocab_size},
        {"ids": {1: "length"}, "tokens": {0: "length"}},
        ["vector", "tokens"],
        out / "model.onnx",
    )
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=READ)
    tokenizer.save(str(out / "tokenizer.json"))


def _same(one: Pair, other: Pair) -> bool:
    return one.question == other.question or one.text[:200] == other.text[:200]


def _states(
    network: Any, tokenizer: Tokenizer, texts: Sequence[str], longest: int
) -> tuple[torch.Tensor, torch.Tensor, list[list[tuple[int, int]]]]:
    """States of shape (texts, tokens, dimension), 1.0 where there is a token, and the span of each in its text."""
    import torch

    read = [tokenizer.encode(text) for text in texts]
    width = min(longest, max(len(one.ids) for one in read))
    ids = torch.zeros(len(read), width, dtype=torch.long)
    there = torch.zeros(len(read), width, dtype=torch.long)
    for row, one in enumerate(read):
        kept = one.ids[:width]
        ids[row, : len(kept)] = torch.tensor(kept)
        there[row, : len(kept)] = 1
    device = network.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        states = network(input_ids=ids.to(device), attention_mask=there.to(device)).last_hidden_state
    return states.float(), there.float().to(device), [one.offsets[:width] for one in read]


def _places(texts: Sequence[str], offsets: Sequence[Sequence[tuple[int, int]]], width: int) -> torch.Tensor:
    """1.0 where a token is of a sentence: of shape (texts, sentences, tokens)."""
    import torch

    places = torch.zeros(len(texts), SENTENCES, width)
    for row, (text, spans) in enumerate(zip(texts, offsets, strict=True)):
        for number, (start, end) in enumerate(sentences(text)[:SENTENCES]):
            for token, (a, b) in enumerate(spans):
                places[row, number, token] = float(start <= a < b <= end)
    return places
