"""The course of a training: rates, steps, the moving average of the weights, the best epoch, the checkpoint."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from training.log import Log

_WARM = 0.06
"""Share of a run over which the rates rise; over the rest they fall."""


class Course:
    """A training of `network` that goes on from `out`/checkpoint.pt where there is one.

    It ends after `epochs` of about `steps` steps or, if that is sooner, `minutes`, but not before the first step; the
    rates follow whichever is further on. Those that the groups of `optimizer` have at the start are the highest. What
    is measured and kept is the moving average of the weights by `decay`; after `patience` epochs without a better mean
    on dev the training ends. `out` gets checkpoint.pt after every epoch, weights.safetensors of the best one, and
    log.jsonl.
    """

    def __init__(
        self,
        network: Any,
        optimizer: Any,
        out: Path,
        *,
        epochs: int,
        steps: int,
        decay: float,
        patience: int,
        minutes: float = float("inf"),
    ) -> None:
        import torch

        self.network, self.optimizer, self.out = network, optimizer, out
        self.log = Log(out)
        self.best: dict[str, float] = {"mean": -1.0}
        self.step = self.epoch = 0
        self._epochs, self._total, self._seconds = epochs, epochs * steps, 60 * minutes
        self._decay, self._patience = decay, patience
        self._rates = [group["lr"] for group in optimizer.param_groups]
        self._since, spent, self._mixed = 0, 0.0, False
        self._checkpoint = out / "checkpoint.pt"
        self.average = {n: v.detach().clone() for n, v in network.state_dict().items() if v.dtype.is_floating_point}
        if self._checkpoint.is_file():
            state = torch.load(self._checkpoint, map_location=next(network.parameters()).device, weights_only=True)
            network.load_state_dict(state["network"])
            optimizer.load_state_dict(state["optimizer"])
            self.average, self.step, self.epoch, self.best = (state[k] for k in ("average", "step", "epoch", "best"))
            self._since, spent, self._mixed = state["since"], state["spent"], state["mixed"]
        self._began = time.monotonic() - spent

    @property
    def share(self) -> float:
        """How much of the training is over: 1 at its end."""
        return max(self.step / self._total, (time.monotonic() - self._began) / max(self._seconds, 1e-9))

    @property
    def over(self) -> bool:
        """Whether there is nothing more to do."""
        done = self.share >= 1 or self.epoch >= self._epochs or self._since >= self._patience
        return self.step > 0 and done

    def descend(self, loss: Any) -> float:
        """Take one step against the gradient of `loss`, which is cut to length 1; return the loss."""
        import torch

        share = self.share
        part = min(1.0, share / _WARM + 0.02, max(0.0, 1 - share) / (1 - _WARM) + 0.005)
        for group, rate in zip(self.optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * part
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(self._decay, self.step / (self.step + 10))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if name in self.average:
                    self.average[name].lerp_(value, 1 - keep)
        told: float = loss.item()
        return told

    def end_epoch(self, losses: Sequence[float], measure: Callable[[], dict[str, float]]) -> None:
        """Measure the average, keep it if it is the best or nothing is measured, and write the checkpoint.

        `measure` gives figures of the network as it then is, the one that decides as `mean`.
        """
        self.epoch += 1
        self._mixed = False
        with self._having(self.average):
            figures = measure()
            better = figures.get("mean", 0.0) > self.best["mean"] if figures else True
            self._since = 0 if better else self._since + 1
            if better:
                self.best = figures or self.best
                self.keep()
        # Of the whole training, what an interrupted run spent included.
        seconds = round(time.monotonic() - self._began, 1)
        self.log.write(seconds=seconds, epoch=self.epoch, step=self.step, loss=round(float(np.mean(losses)), 4),
                       **{name: round(value, 4) for name, value in figures.items()})  # fmt: skip
        self._save()

    def mixed(self, measure: Callable[[], dict[str, float]]) -> dict[str, float]:
        """Keep the mean of the best epoch's weights and the last average where it is better than either (Wortsman 2022,
        "Model soups"); return the figures of what is kept, none without a dev set. Mixed once is mixed for good."""
        from safetensors.torch import load_file

        if self._mixed or self.best["mean"] < 0:
            return self.figures
        best = load_file(self.out / "weights.safetensors")
        mean = {name: (best[name].to(value) + value) / 2 for name, value in self.average.items()}
        with self._having(mean):
            figures = measure()
            if figures and figures["mean"] > self.best["mean"]:
                self.best = figures
                self.keep()
        self._mixed = True
        self._save()
        return self.figures

    @property
    def figures(self) -> dict[str, float]:
        """Those of the best epoch; none where nothing was measured."""
        return self.best if self.best["mean"] >= 0 else {}

    def keep(self) -> None:
        """Write the weights of the network as the ones that are kept."""
        from safetensors.torch import save_file

        weights = {name: value.contiguous() for name, value in self.network.state_dict().items()}
        save_file(weights, self.out / "weights.safetensors")

    def _save(self) -> None:
        import torch

        spent = time.monotonic() - self._began
        torch.save({"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict(),
                    "average": self.average, "step": self.step, "epoch": self.epoch, "best": self.best,
                    "since": self._since, "spent": spent, "mixed": self._mixed}, self._checkpoint)  # fmt: skip

    @contextmanager
    def _having(self, weights: dict[str, Any]) -> Iterator[None]:
        """The network with other weights for a while."""
        live = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(weights, strict=False)
        yield
        self.network.load_state_dict(live)
