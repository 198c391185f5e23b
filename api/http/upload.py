"""The form of an upload: kept under the home while it comes, and within limits."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from fastapi import Request, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from api.errors import HomeFull
from api.http.visit import Recorded
from api.jobs.uploads import UPLOADS

FILES = 1000
FIELDS = 200
FIELD_BYTES = 4 << 10
NAME_CHARACTERS = 255
"""As long as a file name can be."""
IN_MEMORY = 1 << 20
"""A file is kept in memory until it is so long."""
SPARE = 64 << 20
"""Bytes of a disk that uploads leave free: while one is put in its place, it lies there twice."""


class UploadRoute(Recorded):
    """A route whose form is read by `UploadRequest`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of FastAPI over another request."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            return await handler(UploadRequest(request.scope, request.receive))

        return handled


class UploadRequest(Request):
    """A request whose files lie in the home's folder of uploads, without a name there and gone with the request."""

    async def form(self, **limits: object) -> FormData:  # type: ignore[override]  # awaited, and no more
        """The form. Raises HomeFull where the disk has no room for it, and what a full disk raises."""
        if self._form is None:
            if not self.headers.get("content-type", "").lower().startswith("multipart/form-data"):
                self._form = FormData()
                return self._form
            folder: Path = self.app.state.settings.home / UPLOADS
            announced = self.headers.get("content-length", "")
            if announced.isdigit() and 2 * int(announced) + SPARE > shutil.disk_usage(folder).free:
                raise HomeFull(f"{folder}: no room for an upload of {announced} bytes")
            parser = _Parts(self.headers, self.stream(), max_files=FILES, max_fields=FIELDS, max_part_size=FIELD_BYTES)
            parser.folder = folder
            try:
                self._form = await parser.parse()
            except MultiPartException as error:
                raise HTTPException(400) from error
        return self._form


class _Parts(MultiPartParser):
    """Keeps the files in a folder of ours: what is a patient's does not lie about in that of all programs."""

    folder: Path
    _ended = False

    async def parse(self) -> FormData:
        form = await super().parse()
        if not self._ended:  # the file at hand is not whole, and those behind it are missing
            for file in self._files_to_close_on_error:
                file.close()
            raise MultiPartException("no end")
        return form

    def on_end(self) -> None:
        self._ended = True

    def on_headers_finished(self) -> None:
        super().on_headers_finished()
        file = self._current_part.file
        if file is not None:
            file.file.close()  # still empty, and elsewhere
            kept = SpooledTemporaryFile[bytes](IN_MEMORY, dir=str(self.folder))
            file.file, self._files_to_close_on_error[-1] = cast(BinaryIO, kept), kept
            file.filename = named(file.filename or "")


def named(name: str) -> str:
    """A file name as it may be shown: the last part of a path, without what a terminal or a log would obey."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(character if character.isprintable() else "_" for character in last)
    return plain if len(plain) <= NAME_CHARACTERS else f"…{plain[1 - NAME_CHARACTERS :]}"
