"""What stands beside data in a folder and is none: read-me files, licences, checksums, what programs leave behind."""

from __future__ import annotations

import re
from pathlib import Path

_COMPANY = re.compile(
    r"(?!.*\.(?:tsv|csv|parquet|obo|json|jsonl|xml)$)"
    r"(?:readme|licen[cs]e|copying|notice|citation|changelog|sha\d+sums?|md5sums?|checksums?)s?(?:[._ -].*)?"
    r"|(?!MRCONSO|MRREL|RXNCONSO|RXNREL).*\.RRF"
    r"|thumbs\.db|desktop\.ini|icon\r|makefile|version|manifest(?:\.txt)?|datapackage\.json|~\$.*|.*~"
    r"|.*\.(?:bak|tmp|temp|swp|part|crdownload|orig)"
    r"|.*\.(?:md|markdown|rst|md5|sha1|sha256|sha512|asc|sig|pdf|html?|docx?)",
    re.IGNORECASE,
)


def accompanies(path: Path) -> bool:
    """Whether a file of a folder goes with the data and holds none, told by its name and its folder's."""
    if "__MACOSX" in path.parts:
        return True
    return _COMPANY.fullmatch(path.name.removesuffix(".gz")) is not None
