from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.model


def course(out: Path, **options: Any) -> Any:
    """Of a network with a single weight, which learns to be 3."""
    import torch

    from training.course import Course

    torch.manual_seed(0)
    network = torch.nn.Linear(1, 1, bias=False)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.2)
    given = {"epochs": 6, "steps": 5, "decay": 0.5, "patience": 9} | options
    return Course(network, optimizer, out, **given)


def epoch(run: Any) -> None:
    import torch

    losses = [run.descend((run.network(torch.ones(1, 1)) - 3).square().sum()) for _ in range(5)]
    run.end_epoch(losses, lambda: {"mean": 1 / (1 + abs(3 - float(run.network.weight.detach())))})


def test_the_average_of_the_best_epoch_is_kept(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    run = course(tmp_path)
    while not run.over:
        epoch(run)
    assert (run.epoch, run.step) == (6, 30)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert run.figures["mean"] == pytest.approx(max(line["mean"] for line in lines), abs=1e-3)
    assert float(load_file(tmp_path / "weights.safetensors")["weight"]) == pytest.approx(3, abs=0.5)


def test_an_interrupted_run_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    whole, part = course(tmp_path / "whole", epochs=4), course(tmp_path / "part", epochs=4)
    for _ in range(4):
        epoch(whole)
    for _ in range(2):
        epoch(part)
    again = course(tmp_path / "part", epochs=4)
    assert (again.epoch, again.step, again.over) == (2, 10, False)
    for _ in range(2):
        epoch(again)
    assert again.over
    # The rates follow the share of the steps, or of the time where that is bounded: here of the steps alone.
    assert float(again.average["weight"]) == pytest.approx(float(whole.average["weight"]), abs=1e-6)


def test_patience_and_minutes_end_a_run(tmp_path: Path) -> None:
    run = course(tmp_path / "patience", patience=2)
    epoch(run)
    for _ in range(2):
        run.end_epoch([1.0], lambda: {"mean": 0.0})
    assert run.over
    hasty = course(tmp_path / "minutes", minutes=0)
    assert not hasty.over  # not before the first step
    epoch(hasty)
    assert hasty.over


def test_without_a_dev_set_the_last_epoch_is_kept(tmp_path: Path) -> None:
    run = course(tmp_path)
    run.end_epoch([1.0], dict)
    assert run.figures == {}
    assert run.mixed(dict) == {}
    assert (tmp_path / "weights.safetensors").is_file()
