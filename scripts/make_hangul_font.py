"""Make the font in which pictures are labelled in Korean.

    python scripts/make_hangul_font.py NanumGothic.ttf

It is a part of NanumGothic 3.021 (Debian's package fonts-nanum): Latin, Greek, and the
2,350 syllables of KS X 1001. The licence allows that under another name.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

NAME = "Companion Hangul"
OUT = Path(__file__).parents[1] / "cs231n_lib" / "fonts" / "companion-hangul.ttf"
ROWS, CELLS = range(0xB0, 0xC9), range(0xA1, 0xFF)
OTHERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x391, 0x3CA)]
OTHERS += [*range(0x3131, 0x3164), *range(0x2010, 0x2027), *range(0x2190, 0x2194)]
OTHERS += [0x2212, 0x2208, 0x2211, 0x2264, 0x2265, 0x2248]
# Its raised digits are too small to read: those of another font stand in for them.
OTHERS = [sign for sign in OTHERS if sign not in (0xB2, 0xB3, 0xB9)]
KEPT = {0, 1, 2, 3, 4, 5, 6, 13, 14}  # names that every font has, and its licence


def syllables() -> str:
    """Return the syllables of KS X 1001, with which Korean texts are written."""
    pairs = (bytes([row, cell]) for row in ROWS for cell in CELLS)
    return "".join(pair.decode("euc_kr") for pair in pairs)


def main() -> None:
    """Write the font."""
    font = TTFont(sys.argv[1], recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(text=syllables(), unicodes=OTHERS)
    cutter.subset(font)
    names = font["name"]
    names.names = [
        name
        for name in names.names
        if (name.platformID, name.langID) == (3, 0x409) and name.nameID in KEPT
    ]
    for name in names.names:
        if name.nameID in (1, 3, 4):
            name.string = NAME
        elif name.nameID == 6:
            name.string = NAME.replace(" ", "")
    font.save(OUT)


if __name__ == "__main__":
    main()
