"""Changes of a file that keep its form: another value in a JSON, an element moved in an XML, a cell of a table."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from lxml import etree

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, 1e308, float("nan"), "", " ", "\x00", "\ud800", "\udc00a", "\u2028", "\r",
    "²", "٣", "９", "½", "Ⅳ", "-", "0", "-1", "9" * 20, "9" * 5000, "1e999", "nan", "inf", "0000-00-00", "2024-02-30",
    "99999-01-01", "2024-13", "T25:61:61Z", "2024-01-01T00:00:00+99:99", "a|b", "|t|", "a\tb", "a\nb", ":", "::",
    "MESH:", "MESH:²", "PMID:0", "PMC", "#", "/", "Patient/", "Patient/#", "urn:uuid:", "http://[", "https://x:y/",
    "javascript:", "&#0;", "]]>", "\\", "{", "[", "$", "%", "%zz", "\\frac{", "\\begin{", "<", "<b", "&amp",
    "\ufeff", "\ufffe", "\U0010ffff",
    [], {}, [[]], [None], [""], {"": None}, {"a": {}}, ["a", 1], [{"a": []}],
)  # fmt: skip
"""What no reader expects where it stands."""

Default = Callable[[bytes, int], bytes]
"""The fuzzer's own change of bytes, told the most that may come of it."""
Mutator = Callable[[bytes, int, random.Random, Default], bytes]


def _places(value: Any, found: list[tuple[Any, Any]]) -> None:
    """Every (holder, key) below a value."""
    stack = [value]
    while stack:
        holder = stack.pop()
        items = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
        for key, inner in items:
            found.append((holder, key))
            stack.append(inner)


def _value(value: Any, random: random.Random, default: Default) -> Any:
    """A JSON value with one to three changes."""
    value = [value]
    for _ in range(random.choice((1, 1, 2, 3))):
        places: list[tuple[Any, Any]] = []
        _places(value, places)
        holder, key = random.choice(places)
        match random.randrange(7):
            case 0 | 1:
                holder[key] = random.choice(ODD)
            case 2 if len(places) > 1 and holder is not value:
                del holder[key]
            case 3:
                other, at = random.choice(places)
                holder[key] = json.loads(json.dumps(other[at]))
            case 4 if isinstance(holder, list):
                holder.insert(key, json.loads(json.dumps(holder[key])))
            case 4 if isinstance(holder, dict):
                holder[random.choice(places)[1] if random.random() < 0.5 else str(random.choice(ODD))] = holder[key]
                holder.update({str(name): holder.pop(name) for name in list(holder)})
            case 5:
                holder[key] = [holder[key]] if random.random() < 0.5 else {"a": holder[key]}
            case _ if isinstance(holder[key], str):
                held = holder[key].encode("utf-8", "surrogatepass")
                holder[key] = _text(held, len(held) + 40, random, default).decode("utf-8", "replace")
            case _ if isinstance(holder[key], int | float):
                holder[key] = str(holder[key]) if random.random() < 0.5 else -holder[key]
    return value[0]


def _dumped(value: Any, random: random.Random) -> str:
    return json.dumps(value, ensure_ascii=random.random() < 0.9, indent=random.choice((None, None, 1)))


def of_json(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """Other values in a JSON file, or in one of JSON lines."""
    try:
        text = data.decode()
        try:
            changed = _dumped(_value(json.loads(text), random, default), random)
        except json.JSONDecodeError:
            lines = text.split("\n")
            at = random.randrange(len(lines))
            lines[at] = json.dumps(_value(json.loads(lines[at]), random, default))
            changed = "\n".join(lines)
    except (ValueError, RecursionError, TypeError):
        return _text(data, most, random, default)
    return changed.encode("utf-8", "surrogatepass")


def of_xml(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """Elements and attributes of an XML, or of an HTML, exchanged, doubled, taken out, emptied."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return _text(data, most, random, default)
    for _ in range(random.choice((1, 1, 2, 3))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        one, other = random.choice(elements), random.choice(elements)
        try:
            _element(one, other, random)
        except (ValueError, TypeError):  # a character that XML has not, or an element into itself
            continue
    return etree.tostring(root)


def _element(one: Any, other: Any, random: random.Random) -> None:
    match random.randrange(9):
        case 0 if one.getparent() is not None:
            one.getparent().remove(one)
        case 1:
            other.append(etree.fromstring(etree.tostring(one, with_tail=False)))
        case 2 if one.getparent() is not None:
            other.insert(0, one)
        case 3:
            one.tag = other.tag
        case 4 if one.attrib:
            one.set(random.choice(list(one.attrib)), str(random.choice(ODD)))
        case 5 if one.attrib:
            del one.attrib[random.choice(list(one.attrib))]
        case 6:
            one.tail = str(random.choice(ODD))
        case 7:
            for child in list(one):
                one.remove(child)
        case _:
            one.text = str(random.choice(ODD))


def of_table(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """Cells, rows and columns of a table, whatever separates them."""
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    at = random.randrange(len(lines))
    marks = [mark for mark in "\t|$," if mark in lines[at]]
    if not marks or random.random() < 0.2:
        return _text(data, most, random, default)
    cells = lines[at].split(marks[0])
    cell = random.randrange(len(cells))
    match random.randrange(6):
        case 0 | 1:
            cells[cell] = str(random.choice(ODD))
        case 2:
            del cells[cell]
        case 3:
            cells.insert(cell, random.choice(cells))
        case 4:
            other = random.choice(lines).split(marks[0])
            cells[cell] = random.choice(other)
        case _:
            held = cells[cell].encode("utf-8", "replace")
            cells[cell] = default(held, len(held) + 20).decode("utf-8", "replace")
    lines[at] = marks[0].join(cells)
    return "\n".join(lines).encode("utf-8", "replace")


def of_lines(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """Lines exchanged, doubled and taken out, or what a table's cells are."""
    if random.random() < 0.6:
        return of_table(data, most, random, default)
    lines = data.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(one, lines[other])
        case 2:
            del lines[one]
        case _:
            words = lines[one].split(b" ")
            words[random.randrange(len(words))] = str(random.choice(ODD)).encode("utf-8", "surrogatepass")
            lines[one] = b" ".join(words)
    return b"\n".join(lines)


def of_zip(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """One part of a Word or Excel file changed as XML, or a part taken out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist() if info.file_size < most * 4}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return default(data, most)
    if not parts or random.random() < 0.1:
        return default(data, most)
    name = random.choice(list(parts))
    if random.random() < 0.1:
        del parts[name]
    else:
        parts[name] = of_xml(parts[name], most, random, default)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def of_gzip(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """The content of a packed file, or the packed bytes themselves."""
    try:
        content = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError, zlib.error):
        return default(data, most)
    if random.random() < 0.3:
        return default(gzip.compress(content, mtime=0), most)
    return gzip.compress(of_json(content, most, random, default), mtime=0)


def _text(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """Odd words among the bytes, or what the fuzzer makes of them."""
    if random.random() < 0.7:
        return default(data, most)
    at = random.randrange(len(data) + 1)
    return (
        data[:at] + str(random.choice(ODD)).encode("utf-8", "surrogatepass") + data[at + random.choice((0, 0, 1, 9)) :]
    )


def by_form(data: bytes, most: int, random: random.Random, default: Default) -> bytes:
    """A change that suits what the bytes look like."""
    head = data.lstrip()[:1]
    if data[:2] == b"\x1f\x8b":
        return of_gzip(data, most, random, default)
    if data[:2] == b"PK":
        return of_zip(data, most, random, default)
    if data[:5] == b"%PDF-":
        return _text(data, most, random, default)
    if random.random() < 0.25:
        return _text(data, most, random, default)
    if head == b"<":
        return of_xml(data, most, random, default)
    if head in (b"{", b"["):
        return of_json(data, most, random, default)
    return of_lines(data, most, random, default)
