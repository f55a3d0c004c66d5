"""SVG pictures of shapes and letters: no script, no style sheet, no link, no file."""

from __future__ import annotations

import re

import nh3

from autograder.cleaning.html import too_deep

LONGEST_SVG = 1_000_000

TAGS = frozenset(
    """
    circle clipPath defs desc ellipse g line linearGradient marker path pattern polygon
    polyline radialGradient rect stop svg symbol text title tspan use
    """.split()
)
ATTRIBUTES = frozenset(
    """
    aria-label clip-path clip-rule clipPathUnits cx cy d dominant-baseline dx dy fill
    fill-opacity fill-rule font-family font-size font-style font-weight fx fy
    gradientTransform gradientUnits height href id letter-spacing marker-end marker-mid
    marker-start markerHeight markerUnits markerWidth offset opacity orient
    patternTransform patternUnits points preserveAspectRatio r refX refY role rotate rx
    ry spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style
    text-anchor textLength transform version viewBox width x x1 x2 xmlns y y1 y2
    """.split()
)
# A part of the same picture; its name begins so that it is no name in a page.
OWN = re.compile(r"#(?:svg-)?([\w.-]{1,80})")
OWN_URL = re.compile(r"""url\(\s*["']?#(?:svg-)?([\w.-]{1,80})["']?\s*\)""")
STYLE = re.compile(r"[\w\s:;#%.,()'-]*")


def clean_svg(svg: str) -> str:
    """Keep a picture's shapes and letters; an empty text where there are none.

    Names in it get a prefix, and references lead to parts of the picture alone.
    """
    if len(svg) > LONGEST_SVG or too_deep(svg):
        return ""
    cleaned = nh3.clean(
        svg,
        tags=set(TAGS),
        attributes={"*": set(ATTRIBUTES)},
        attribute_filter=_attribute,
        clean_content_tags={"script", "style"},
        link_rel=None,
    ).strip()
    # What the cleaner writes is HTML; a picture has to be XML.
    cleaned = cleaned.replace("&nbsp;", "&#160;").replace(" xlink:href=", " href=")
    if not cleaned.startswith("<svg"):
        cleaned = cleaned[cleaned.find("<svg") :] if "<svg" in cleaned else ""
    if cleaned and " xmlns=" not in cleaned[: cleaned.find(">")]:
        cleaned = cleaned.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return cleaned


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "xmlns":
        return value if tag == "svg" and value.endswith("/2000/svg") else None
    if name == "id":
        own = OWN.fullmatch(f"#{value}")
        return f"svg-{own[1]}" if own else None
    if name == "href":
        own = OWN.fullmatch(value)
        return f"#svg-{own[1]}" if own else None
    if name == "aria-label":
        return value
    if "\\" in value:  # by which a style sheet writes any letter
        return None
    if "(" in value:
        value = OWN_URL.sub(r"url(#svg-\1)", value)
        if "url" in OWN_URL.sub("", value).lower():
            return None
    if name == "style" and not STYLE.fullmatch(value):
        return None
    return value
