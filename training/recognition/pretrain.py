"""Continued pre-training: an encoder reads unlabelled text of the field before it is fine-tuned.

Masked language modelling with whole words masked (Devlin 2019; Gururangan 2020 for the gain in the field's own text).
Logits are computed at masked places only: with a vocabulary of 30,000 they would otherwise cost as much as the encoder.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import UnreadableSource
from training.log import Log

if TYPE_CHECKING:
    import torch

LENGTH = 256
"""Tokens a sequence; texts follow one another in it, a separator between them."""
_MASKED = 0.2
_IGNORED = -100


def pretrain(
    texts: Iterable[str], base: str, out: Path, *, minutes: float, rate: float = 3e-4, batch: int = 16, seed: int = 1
) -> None:
    """Train `base` (a folder or a model id) on `texts` for `minutes` and write the encoder and tokenizer to `out`.

    The rate rises over the first twentieth of the time and falls to nothing over the last third. Every 200 steps a
    checkpoint is written, so that an interrupted run is not lost. Losses go to `out`/log.jsonl.

    Raises UnreadableSource if the texts together do not fill a sequence.
    """
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(base)
    model: Any = AutoModel.from_pretrained(
        base, add_pooling_layer=False, attn_implementation="eager", hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device).train()
    words = model.get_input_embeddings().weight
    width = words.shape[1]
    head = torch.nn.Sequential(torch.nn.Linear(width, width), torch.nn.GELU(), torch.nn.LayerNorm(width)).to(device)
    bias = torch.nn.Parameter(torch.zeros(words.shape[0], device=device))
    parameters = [*model.parameters(), *head.parameters(), bias]
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    log = Log(out)
    step = 0
    generator = torch.Generator().manual_seed(seed)
    rows, starts = _packed(texts, tokenizer)
    if not len(rows):
        raise UnreadableSource(f"the texts are too short to learn from: fewer than {LENGTH - 2} tokens in all")

    def note() -> None:
        tokens = step * batch * LENGTH
        log.write(step=step, tokens=tokens, loss=round(running, 4), perplexity=round(math.exp(running), 2),
                  tokens_per_second=round(tokens / (time.monotonic() - began)))  # fmt: skip

    order = torch.randperm(len(rows), generator=generator)
    at = 0
    running = 0.0
    began = time.monotonic()
    while (share := (time.monotonic() - began) / (60 * minutes)) < 1 or not step:
        if at + batch > len(order):
            order, at = torch.randperm(len(rows), generator=generator), 0
        chosen = order[at : at + batch]
        at += batch
        ids, wanted = _mask(rows[chosen], starts[chosen], tokenizer, generator)
        ids, wanted = ids.to(device), wanted.to(device)
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, share / 0.05 + 0.01, max(0.0, 1 - share) / 0.33)
        with torch.autocast(device, dtype=torch.bfloat16):
            hidden = model(input_ids=ids).last_hidden_state
            places = wanted != _IGNORED
            logits = torch.nn.functional.linear(head(hidden[places]), words, bias)
        loss: Any = torch.nn.functional.cross_entropy(logits.float(), wanted[places])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        running += (loss.item() - running) / min(step, 50)
        if step % 20 == 0:
            note()
        if step % 200 == 0:
            model.save_pretrained(out)
            tokenizer.save_pretrained(out)
    if step % 20:
        note()
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def _packed(texts: Iterable[str], tokenizer: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids of shape (sequences, LENGTH), and whether a token begins a word."""
    import torch

    def stream() -> Iterator[tuple[int, bool]]:
        for text in texts:
            encoded = tokenizer(text, add_special_tokens=False)
            previous = None
            for id, word in zip(encoded.input_ids, encoded.word_ids(), strict=True):
                yield id, word != previous
                previous = word
            yield tokenizer.sep_token_id, False

    pairs = list(stream())
    inner = LENGTH - 2
    count = len(pairs) // inner
    ids = torch.tensor([id for id, _ in pairs[: count * inner]]).view(count, inner)
    begins = torch.tensor([begin for _, begin in pairs[: count * inner]]).view(count, inner)
    first = torch.full((count, 1), tokenizer.cls_token_id)
    last = torch.full((count, 1), tokenizer.sep_token_id)
    no = torch.zeros((count, 1), dtype=torch.bool)
    return torch.cat([first, ids, last], 1), torch.cat([no, begins, no], 1)


def _mask(
    ids: torch.Tensor, begins: torch.Tensor, tokenizer: Any, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs with whole words masked (of ten: eight by the mask, one by a random token, one left), and the targets."""
    import torch

    special = (ids == tokenizer.cls_token_id) | (ids == tokenizer.sep_token_id)
    word = begins.long().cumsum(1)
    draw = torch.rand(ids.shape, generator=generator).gather(1, word)
    hit = (draw < _MASKED) & ~special
    wanted = torch.where(hit, ids, _IGNORED)
    fate = torch.rand(ids.shape, generator=generator)
    out = torch.where(hit & (fate < 0.8), tokenizer.mask_token_id, ids)
    random = torch.randint(0, len(tokenizer), ids.shape, generator=generator)
    return torch.where(hit & (fate > 0.9), random, out), wanted
