from __future__ import annotations

import threading

import pytest

from retrieval.gate import Gate


def test_many_share_and_one_is_alone() -> None:
    gate, inside, wrong = Gate(), [0, 0], []
    counting = threading.Lock()

    def use(alone: bool) -> None:
        for _ in range(200):
            with gate.alone() if alone else gate.shared():
                with counting:
                    inside[alone] += 1
                    if inside[1] > 1 or (inside[1] and inside[0]):
                        wrong.append(tuple(inside))
                with counting:
                    inside[alone] -= 1

    threads = [threading.Thread(target=use, args=(number == 0,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_who_waits_to_be_alone_goes_before_who_comes_to_share() -> None:
    gate, order = Gate(), []
    waits, comes = threading.Event(), threading.Event()

    def write() -> None:
        waits.set()
        with gate.alone():
            order.append("alone")

    def read() -> None:
        comes.set()
        with gate.shared():
            order.append("shared")

    with gate.shared():
        writer, reader = threading.Thread(target=write), threading.Thread(target=read)
        writer.start()
        waits.wait()
        while not gate._waiting:
            pass
        reader.start()
        comes.wait()
    writer.join()
    reader.join()
    assert order == ["alone", "shared"]


def test_what_fails_inside_leaves_it_open() -> None:
    gate = Gate()
    with pytest.raises(ZeroDivisionError), gate.alone():
        1 / 0  # noqa: B018  # the failure is the point
    with pytest.raises(ZeroDivisionError), gate.shared():
        1 / 0  # noqa: B018  # the failure is the point
    with gate.alone():
        pass
