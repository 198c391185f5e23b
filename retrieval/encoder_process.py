"""An encoder in a process of its own, so that texts are encoded beside what this process does with its interpreter.

The process is started by a command and spoken to in the frames of `encoder_answers`. It ends when its input does: so
also where this process is killed.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from retrieval.encoder import Encoder, Vectors
from retrieval.encoder_answers import FAILED, ROWS, SLICE, receive, send
from retrieval.errors import EncoderUnavailable

ENOUGH = 32
"""Fewer texts are encoded here while there is no process: its start takes longer than they do."""


class ProcessEncoder:
    """Keeps `Encoder`, with the vectors of `here`, an encoder of the same model.

    `command` starts the process, which does `answer`; it is started when `enough` texts or more are first asked for at
    once, and lives until `close`. `environment` is that of the process (None: this one's).
    """

    def __init__(
        self,
        here: Encoder,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        enough: int = ENOUGH,
    ) -> None:
        self._here, self._command, self._environment, self._enough = here, list(command), environment, enough
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time, self._closing = threading.Lock(), threading.Lock()
        self._closed = False

    @property
    def name(self) -> str:
        return self._here.name

    @property
    def dimension(self) -> int:
        return self._here.dimension

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        """Return what `here` would. Raises EncoderUnavailable where the process cannot be started, or ended."""
        with self._one_at_a_time:
            if self._process is None and len(texts) < self._enough:
                return self._here.encode(texts, kind)
            process = self._started()
            vectors = np.empty((len(texts), self.dimension), np.float32)
            if not len(texts):
                return vectors
            assert process.stdin is not None  # noqa: S101  # it is a pipe
            assert process.stdout is not None  # noqa: S101  # so is this
            try:
                send(process.stdin, json.dumps([kind, list(texts)]).encode())
                for begin in range(0, len(texts), SLICE):
                    rows = vectors[begin : begin + SLICE]
                    frame = receive(process.stdout)
                    if frame.startswith(FAILED):
                        _end(process)
                        raise EncoderUnavailable(frame[len(FAILED) :].decode())
                    rows[:] = np.frombuffer(frame, "<f4", offset=len(ROWS)).reshape(rows.shape)
            except (OSError, EOFError, ValueError) as error:
                raise self._ended(process) from error
            return vectors

    def close(self) -> None:
        """End the process, which holds nothing that could be lost. `here` belongs to whoever opened it."""
        with self._closing:
            self._closed = True
            process = self._process
        if process is not None:
            _end(process)

    def _started(self) -> subprocess.Popen[bytes]:
        with self._closing:
            if self._closed:
                raise EncoderUnavailable("the encoder has been closed")
            if self._process is not None:
                return self._process
            try:
                self._process = process = subprocess.Popen(  # noqa: S603  # the command is ours
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    # What a program says when it breaks off may hold what it was given.
                    stderr=subprocess.DEVNULL,
                    env=dict(self._environment) if self._environment is not None else None,
                    # An interrupt at the terminal is for this process, which then ends that one.
                    start_new_session=True,
                )
            except OSError as error:
                raise EncoderUnavailable(f"the encoder's process cannot be started: {error.strerror}") from error
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        try:
            hello = json.loads(receive(process.stdout))
        except (OSError, EOFError, ValueError) as error:
            raise self._ended(process) from error
        if "error" in hello:
            _end(process)
            raise EncoderUnavailable(hello["error"])
        if (hello["name"], hello["dimension"]) != (self.name, self.dimension):
            _end(process)
            raise EncoderUnavailable(f"the encoder's process holds {hello['name']}, not {self.name}")
        return process

    def _ended(self, process: subprocess.Popen[bytes]) -> EncoderUnavailable:
        """What to say of a process that broke off."""
        closed = self._closed
        code = _end(process, 0.5)  # where it broke off by itself, its own status tells why
        if closed:
            return EncoderUnavailable("the encoder has been closed")
        how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
        return EncoderUnavailable(
            f"the process that encodes {how}; what was written until then stands, and the same call goes on from there"
        )


def _end(process: subprocess.Popen[bytes], patience: float = 0.0) -> int:
    """Kill the process if it has not ended within so many seconds; return its status."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
    code = process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was not sent yet is for nobody
    return code
