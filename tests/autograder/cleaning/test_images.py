"""Pictures are what they say they are."""

import base64

import pytest

from autograder.cleaning.images import LARGEST, data_uri
from tests.autograder.report.conftest import PNG


def test_a_picture_becomes_a_data_uri():
    assert data_uri("image/png", PNG) == f"data:image/png;base64,{PNG}"
    assert data_uri("image/png", [PNG[:20] + "\n", PNG[20:]]) == data_uri(
        "image/png", PNG
    )


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image/png", '"><script>'),
        ("image/png", base64.b64encode(b"<html>").decode()),
        ("image/jpeg", PNG),
        ("image/png", 7),
        ("image/png", "A" * (LARGEST + 1)),
        ("text/html", PNG),
        ("image/svg+xml", "no picture"),
        ("image/svg+xml", '<!DOCTYPE x [<!entity a "b">]><svg>&a;</svg>'),
    ],
)
def test_anything_else_is_refused(kind, data):
    assert data_uri(kind, data) is None


def test_a_picture_of_absurd_size_is_refused():
    raw = base64.b64decode(PNG)
    huge = raw[:16] + (60_000).to_bytes(4, "big") + raw[20:]
    assert data_uri("image/png", base64.b64encode(huge).decode()) is None


def test_svg_is_carried_as_an_image():
    svg = "<svg><script>alert(1)</script></svg>"
    kind, _, text = data_uri("image/svg+xml", svg).partition(";base64,")
    assert kind == "data:image/svg+xml"
    assert base64.b64decode(text).decode() == svg
