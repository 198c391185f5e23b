"""The program that encodes beside another process, `python -m api.encoding`: it opens the encoder and nothing else.

What it is told and answers stands in `retrieval.encoder_answers`.
"""

from __future__ import annotations

import os
import sys

from api.settings import Settings
from api.wiring import open_encoder
from retrieval.encoder_answers import answer


def main() -> None:
    """Answer on standard output until standard input ends."""
    # Whatever a library prints is not to stand among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answer(lambda: open_encoder(Settings.read()), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
