"""The pages' colours, on paper and in the dark: whatever is text can be read."""

import re
from importlib.resources import files

import pytest

STYLE = (files("autograder.report") / "templates" / "style.css").read_text("utf-8")
TEXTS = ("ink", "quiet", "link", "danger", "full", "part", "none", "nothing", "waits")
CODE = ("word", "string", "note", "number", "name", "built-in")
GROUNDS = ("full-ground", "part-ground", "none-ground", "nothing-ground")
LEAST = 4.5  # contrast of text, WCAG 2.2, 1.4.3


def palette(text):
    """Read the custom properties of the first `:root` in a text, as #rrggbb."""
    block = re.search(r":root \{(.*?)\}", text, re.S)[1]
    found = re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)
    return {
        k: v if len(v) == 7 else "#" + "".join(c * 2 for c in v[1:]) for k, v in found
    }


LIGHT = palette(STYLE)
DARK = palette(STYLE.partition("prefers-color-scheme: dark")[2])


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2.2 defines it, 1 to 21."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_dark_theme_changes_every_colour():
    assert DARK.keys() == LIGHT.keys()
    assert set(LIGHT) == {*TEXTS, *CODE, *GROUNDS, "line", "ground", "paper", "small"}
    # What has no name stands in the pictures, or is the same in both.
    named = re.sub(r":root \{.*?\}", "", STYLE, flags=re.S)
    colours = set(re.findall(r"(?<!=\")#[0-9a-f]{3,6}\b", named))
    assert colours == {"#fff", "#8c959f", "#b3261e"}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(colours):
    pairs = [(text, "paper") for text in TEXTS]
    pairs += [(text, "ground") for text in ("ink", "quiet", "link", *CODE)]
    pairs += [(text, ground) for text in ("ink", "small") for ground in GROUNDS]
    low = {
        pair: round(contrast(*(colours[name] for name in pair)), 2)
        for pair in pairs
        if contrast(*(colours[name] for name in pair)) < LEAST
    }
    assert low == {}
