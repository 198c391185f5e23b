"""The characters that Word takes from fonts of symbols (`w:sym`): at their places in the font, not in Unicode.

Adobe's Symbol encoding (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt), and of Wingdings its ticks,
crosses and boxes, which forms and lists are made of.
"""

from __future__ import annotations

_SYMBOL = dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)) | dict(
    zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)
)
_SIGNS = {
    0x22: "∀", 0x24: "∃", 0x2D: "−", 0x40: "≅", 0x7E: "∼", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅", 0xD0: "∠", 0xD1: "∇", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0xA7: "▪", 0xA8: "☐", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character at the hexadecimal `code` of a `font`; the replacement character where the font is not known."""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if not 0xF000 <= place <= 0xF0FF and font.lower() not in ("symbol", "wingdings"):
        return chr(place) if 0x20 <= place < 0x11_0000 and not 0xD800 <= place < 0xE000 else ""
    place &= 0xFF
    if font.lower() == "wingdings":
        return _WINGDINGS.get(place, "\ufffd")
    if font.lower() == "symbol":
        return _SYMBOL.get(place) or _SIGNS.get(place) or (chr(place) if 0x20 <= place < 0x7F else "\ufffd")
    return "\ufffd"
