"""A font for pictures in Korean, which few machines have for Matplotlib.

``fonts/companion-hangul.ttf`` is made by ``scripts/make_hangul_font.py``; its licence
stands beside it.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib import font_manager

from answer_checks.language import language

NAME = "Companion Hangul"
FILE = Path(__file__).with_name("fonts") / "companion-hangul.ttf"


def use_font_of_language() -> None:
    """Label all later figures in a font that has Korean, where messages are in Korean.

    It stands first, because a label with a formula in it takes one font for its words;
    signs that it lacks come from the others.
    """
    if language().code != "ko":
        return
    if NAME not in {font.name for font in font_manager.fontManager.ttflist}:
        font_manager.fontManager.addfont(FILE)
    plt.rcParams["font.family"] = [NAME, "sans-serif"]
