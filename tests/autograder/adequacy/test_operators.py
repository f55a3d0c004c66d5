import ast

import pytest

from autograder.adequacy.operators import mutants


def changes(source, operator=None):
    return [
        f"{m.line}  ->  {m.becomes}"
        for m in mutants(source)
        if operator in (None, m.operator)
    ]


@pytest.mark.parametrize(
    ("operator", "line", "becomes"),
    [
        ("arithmetic", "z = x + y", {"z = x - y"}),
        ("arithmetic", "z = x ** y", {"z = x * y"}),
        ("operands", "z = x @ y", {"z = y @ x"}),
        ("operands", "z = x / y", {"z = y / x"}),
        ("comparison", "z = x < y", {"z = x <= y", "z = x > y"}),
        ("comparison", "z = x == y", {"z = x != y"}),
        ("constant", "z = 3", {"z = 4", "z = 2"}),
        ("constant", "z = 0.5", {"z = 1.5", "z = 1.0"}),
        ("constant", "z = True", {"z = False"}),
        ("minus", "z = -x", {"z = x"}),
        ("condition", "z = x and y", {"z = x or y"}),
        ("condition", "z = not x", {"z = x"}),
        ("condition", "z = 1 if x else y", {"z = 1 if not x else y"}),
        ("transpose", "z = x.T", {"z = x"}),
        ("assignment", "z += x", {"z = x"}),
        ("function", "z = np.maximum(x, y)", {"z = np.minimum(x, y)"}),
        ("function", "z = max(x, y)", {"z = min(x, y)"}),
        ("function", "z = x.sum()", {"z = x.mean()"}),
        ("call", "z = np.abs(x)", {"z = x"}),
        ("call", "z = x.copy()", {"z = x"}),
        ("arguments", "z = f(x, y)", {"z = f(y, x)"}),
        ("arguments", "z = np.maximum(x, y)", set()),
        ("keepdims", "z = f(x, keepdims=True)", {"z = f(x)"}),
        ("axis", "z = f(x, axis=1)", {"z = f(x)", "z = f(x, axis=0)"}),
        ("axis", "z = f(x, axis=-1)", {"z = f(x)", "z = f(x, axis=0)"}),
    ],
)
def test_each_operator_changes_its_line_alone(operator, line, becomes):
    every = mutants(f"def f(x, y):\n    {line}\n    return z")
    found = [m for m in every if m.operator == operator]
    assert {m.becomes for m in found} == becomes
    assert {m.line for m in found} <= {line}
    for mutant in found:
        assert mutant.source == f"def f(x, y):\n    {mutant.becomes}\n    return z"


def test_a_range_is_made_shorter_and_longer():
    found = changes("for i in range(n):\n    f(i)", "range")
    assert {one.partition("  ->  ")[2] for one in found} == {
        "for i in range(0 + 1, n):",
        "for i in range(0, n - 1):",
        "for i in range(0, n + 1):",
    }


def test_a_statement_is_deleted_and_a_loop_left_or_gone_on_with():
    source = "for i in x:\n    f(i)\n    break"
    assert "f(i)  ->  pass" in changes(source, "deletion")
    assert changes(source, "jump") == ["break  ->  continue"]


def test_what_is_not_changed_stays_and_the_source_can_run():
    source = '''def f(x, n=2):
    """Two words."""
    total = 0.0
    for i in range(n):
        if x[i] > 0:
            total += x[i] * 2.0
    return total
'''
    found = list(mutants(source))
    texts = [m.source for m in found]
    assert len(set(texts)) == len(texts) > 15
    assert ast.unparse(ast.parse(source)) not in texts
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        changed = set(mutant.source.splitlines())
        kept = set(ast.unparse(ast.parse(source)).splitlines())
        assert len(kept - changed) <= 3  # a deleted loop takes its body along
    assert all('"""Two words."""' in text for text in texts)


def test_equal_changes_of_equal_lines_are_told_apart():
    keys = [m.key for m in mutants("x = f(1)\nx = f(1)") if "f(2)" in m.becomes]
    assert keys == ["x = f(1)  =>  x = f(2)", "x = f(1)  =>  x = f(2) (2)"]


def test_the_key_does_not_depend_on_the_place_of_the_line():
    line = "def f(x):\n    return x - 1"
    moved = "y = 3\n\n\n" + line
    keys = {m.key for m in mutants(line)}
    assert keys <= {m.key for m in mutants(moved)}
