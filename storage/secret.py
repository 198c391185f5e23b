"""A secret in a file: random bytes in hexadecimal, readable by their owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

BYTES = 32


def kept_secret(path: Path) -> bytes:
    """The 32 bytes kept at `path`, made when they are first asked for, with their folder.

    Two processes that ask at once get the same. Raises OSError where the file cannot be read or written, ValueError
    where it is damaged.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written aside and linked into place, so that nobody ever reads half a secret or replaces one in use.
        aside = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(BYTES))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # another process was first: its secret is the secret
                os.link(aside, path)
        finally:
            aside.unlink()
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:  # the message would hold the secret
        secret = b""
    if len(secret) != BYTES:
        raise ValueError(f"{path} is damaged: it does not hold {2 * BYTES} hexadecimal digits")
    return secret
