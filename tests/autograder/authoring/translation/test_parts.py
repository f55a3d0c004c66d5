"""What of a cell is translated, and how it is put back."""

from __future__ import annotations

import ast

import pytest

from autograder.authoring.translation.code_parts import code_parts
from autograder.authoring.translation.markdown_parts import markdown_parts
from autograder.authoring.translation.part import replace_parts

TEXT = """\
# A title

A paragraph that goes
over two lines with $x_i$.

$$ f(x) = x $$

- the first item,
  in two lines
- `code` alone stays: `x`
  1. an inner one

| name | what |
|---|---|
| `x` | the input |
| `y` | $y$ |

```python
log("no part")
```

<details><summary>Answer</summary>

It is **three**.
</details>"""


def test_the_parts_of_a_text():
    assert [(part.kind, part.text) for part in markdown_parts(TEXT)] == [
        ("heading", "A title"),
        ("paragraph", "A paragraph that goes over two lines with $x_i$."),
        ("list item", "the first item, in two lines"),
        ("list item", "`code` alone stays: `x`"),
        ("list item", "an inner one"),
        ("table row", "| name | what |"),
        ("table row", "| `x` | the input |"),
        ("HTML", "<details><summary>Answer</summary>"),
        ("paragraph", "It is **three**."),
    ]


def test_a_text_put_back_keeps_what_is_around():
    parts = markdown_parts(TEXT)
    said = {part.text: part.text.replace("the", "das") for part in parts}
    text = replace_parts(TEXT, parts, said)
    assert "\n- das first item, in two lines\n- `code`" in text
    assert "\n  1. an inner one\n" in text
    assert "| `x` | das input |\n| `y` | $y$ |\n" in text
    for piece in ("\n$$ f(x) = x $$\n", '\nlog("no part")\n', "\n</details>"):
        assert piece in text


@pytest.mark.parametrize(
    "line_break", ["  \n", "\\\n"], ids=["two spaces", "a backslash"]
)
def test_a_line_break_that_is_meant_stays(line_break):
    (part,) = markdown_parts(f"- one{line_break}  two")
    assert part.text.count("\n") == 1
    put = replace_parts(f"- one{line_break}  two", [part], {part.text: "eins\nzwei"})
    assert put == "- eins\n  zwei"


CODE = '''\
import numpy as np  # fmt: skip

# A comment that goes on
# in a second line.
x = np.ones((2, 3))  # (N, D)
y = f(x)  # one score per row


def area(width: float, height: float) -> float:
    """Return the area
    of a rectangle.

    Parameters
    ----------
    width, height : float
        In metres.

    Examples
    --------
    >>> area(2, 3)
    6
    """
    ### BEGIN SOLUTION
    # the answer's own comment
    return width * height
    ### END SOLUTION


ax.set_title("Area", loc="left")
ax.plot(x, y, label=f"{len(x)} rows of {{x}}, {y[0]:.2f}")
show(
    "A line that rises, "
    "and then falls."
)
log("no part")
'''


def test_the_parts_of_code():
    assert [(p.kind, p.text) for p in code_parts(CODE, ["show:0"])] == [
        ("comment", "A comment that goes on in a second line."),
        ("comment", "one score per row"),
        ("docstring of area", "Return the area of a rectangle."),
        ("docstring of area", "In metres."),
        ("shown text", "Area"),
        ("shown text", "{len(x)} rows of {{x}}, {y[0]:.2f}"),
        ("shown text", "A line that rises, and then falls."),
    ]


class _Blank(ast.NodeTransformer):
    def visit_JoinedStr(self, node):
        filled = [one for one in node.values if isinstance(one, ast.FormattedValue)]
        return ast.Tuple([one.value for one in filled], ast.Load())

    def visit_Constant(self, node):
        return ast.Constant("text") if isinstance(node.value, str) else node


def without_texts(code):
    """Write code as its syntax tree, every text replaced."""
    return ast.dump(_Blank().visit(ast.parse(code)))


def test_only_texts_differ_in_translated_code():
    parts = code_parts(CODE, ["show:0"])
    said = {part.text: part.text + " 넓이" * 40 for part in parts}
    code = replace_parts(CODE, parts, said)
    assert without_texts(CODE) == without_texts(code)
    assert "    # the answer's own comment\n    return width * height" in code
    assert 'log("no part")' in code
    assert all(len(line) < 200 for line in code.split("\n") if "label" not in line)


def test_a_quote_or_a_backslash_in_a_translation_stays_one():
    source = 'ax.set_title("a $x$ word")'
    (part,) = code_parts(source)
    code = replace_parts(source, [part], {part.text: 'say "$\\alpha$"\n{x}'})
    assert ast.literal_eval(ast.parse(code).body[0].value.args[0]) == (
        'say "$\\alpha$"\n{x}'
    )


def test_what_is_not_python_has_no_parts():
    assert code_parts("%matplotlib inline\n# a comment") == []


def test_what_is_printed_is_shown():
    cell = 'print("loss", f"is {x:.2f}", end="the end")  # print("no")\nlog("no text")'
    assert [(part.kind, part.text) for part in code_parts(cell)] == [
        ("shown text", "loss"),
        ("shown text", "is {x:.2f}"),
        ("comment", 'print("no")'),
    ]
