"""The program that does jobs beside the server, `python -m api.jobs.process`.

A line of JSON is an order or a message. Its first order holds what is secret of the settings; then each is a job, or
says that the job at hand is to be stopped. Of a job it says that it waits for the lock of the home, that it has begun,
how far it is, and how it ended. It ends with its input, at once, whatever it is doing: what it writes it writes whole
or not at all.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from pydantic import SecretStr

from api import problems, work
from api.errors import Busy
from api.jobs import rows
from api.jobs.uploads import in_words_of_the_client
from api.settings import Settings
from api.wiring import Parts
from ingest.model import Failure, Progress, Tally

_SAY_SECONDS = 0.5
_EAGER = 800
"""Where memory runs out, Linux kills this process rather than the server (the scale ends at 1000)."""
_PR_SET_PDEATHSIG = 1

Order = Mapping[str, Any]


def main() -> None:
    """Do jobs until standard input ends."""
    # Whatever a library prints is not to stand among the messages.
    messages = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _depend_on_the_server()
    orders = sys.stdin.buffer
    secret = json.loads(orders.readline() or b"{}")
    settings = Settings.read().model_copy(update={name: SecretStr(value) for name, value in secret.items()})
    with Parts(settings) as parts:
        Worker(parts, orders, messages).work()


class Worker:
    """Does the jobs that come on `orders`, and tells of them on `messages`."""

    def __init__(self, parts: Parts, orders: BinaryIO, messages: BinaryIO) -> None:
        self._parts, self._orders, self._messages = parts, orders, messages
        self._jobs: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._stop = threading.Event()

    def work(self) -> NoReturn:
        """Return never: the process ends with its orders."""
        threading.Thread(target=self._listen, name="orders", daemon=True).start()
        self._say("ready")
        while True:
            self._do(self._jobs.get())

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            for line in self._orders:
                order = json.loads(line)
                if "job" in order:
                    self._stop.clear()
                    self._jobs.put(order)
                else:
                    self._stop.set()
        os._exit(0)

    def _do(self, order: Order) -> None:
        try:
            tally = self._ingest(order)
        except Busy:
            self._say("stopped")
        except Exception as error:  # noqa: BLE001  # whatever it is, the server shall hear of it
            problem = problems.of(error)
            if problem is None:
                self._say("failed", problem=problems.INTERNAL_ERROR.slug, why=problems.traced(error))
            else:
                self._say("failed", problem=problem.slug, why=str(error) if problem.status == 503 else problem.title)
        else:
            self._say("stopped" if tally is None else "done")

    def _ingest(self, order: Order) -> Tally | None:
        """Do the job to its end, telling its tally; None where it was stopped before."""
        names: dict[str, str] = order["paths"]
        told, documents = 0.0, 0
        labels: set[str] = set()
        failed: list[Failure] = []
        steps = work.ingest(
            self._parts,
            [Path(path) for path in names],
            format=order["format"],
            access=rows.labels(order["access"]),
            writer=rows.writer(order["writer"]),
            waiting=lambda: self._say("waiting"),
            stopped=self._stop.is_set,
            save=False,
        )
        tally = Tally()
        with closing(steps):
            for progress in steps:
                if progress.stage == work.OPENING:
                    self._say("begun")
                failed += [in_words_of_the_client(f, names) for f in progress.done.failed[len(failed) :]]
                tally = replace(progress.done, failed=tuple(failed))
                stopping = self._stop.is_set() and not _ending(progress)
                if stopping or _ending(progress) or time.monotonic() - told > _SAY_SECONDS:
                    new = {"documents": tally.documents[documents:], "labels": sorted(labels ^ set(tally.labels))}
                    self._say("read", tally=rows.packed(tally), **new)
                    told, documents, labels = time.monotonic(), len(tally.documents), set(tally.labels)
                if stopping:
                    return None
        return tally

    def _say(self, what: str, **more: object) -> None:
        try:
            self._messages.write(json.dumps({"what": what, **more}).encode() + b"\n")
            self._messages.flush()
        except OSError:
            os._exit(0)  # nobody listens


def _ending(progress: Progress) -> bool:
    return progress.stage in (work.SAVING, "done")


def _depend_on_the_server() -> None:
    """Be stopped by the server alone, end when it does, and be the first to go where memory runs out."""
    for sent in (signal.SIGINT, signal.SIGTERM):  # a service manager may send these to all processes of a service
        signal.signal(sent, signal.SIG_IGN)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            # Input that ends says so too, but not to a thread that waits while another keeps the interpreter.
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(str(_EAGER), encoding="ascii")


if __name__ == "__main__":
    main()
