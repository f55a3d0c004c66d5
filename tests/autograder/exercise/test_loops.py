import pytest

from autograder.exercise.loops import find_loop

LOOPING = {
    "for": ("def f(x):\n    for v in x:\n        pass", "a for loop"),
    "while": ("def f(x):\n    while x:\n        x = x[1:]", "a while loop"),
    "list": ("def f(x):\n    return [v for v in x]", "a list comprehension"),
    "sum": ("def f(x):\n    return sum(v for v in x)", "a generator expression"),
    "lambda": ("f = lambda x: [v for v in x]", "a list comprehension"),
    "vectorize": (
        "def f(x):\n    return np.vectorize(abs)(x)",
        "a loop in disguise (vectorize)",
    ),
    "map": ("def f(x):\n    return list(map(abs, x))", "a loop in disguise (map)"),
    "helper": (
        "def g(x):\n    return [v for v in x]\n\ndef f(x):\n    return g(x)",
        "a list comprehension in g, which it calls",
    ),
    "itself": ("def f(x):\n    return f(x[1:])", "it calls itself"),
    "alias": ("def g(x):\n    return [v for v in x]\n\nf = g", "a list comprehension"),
    "made": (
        "def g(x):\n    return abs(x)\n\nf = np.vectorize(g)",
        "a loop in disguise (vectorize)",
    ),
}


@pytest.mark.parametrize("case", LOOPING)
def test_loops_are_found(case):
    source, words = LOOPING[case]
    assert words in find_loop(source, "f")


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return x.sum(axis=1)",
        "def f(x):\n    # for each row\n    return 'for v in x'",
        "def f(x):\n    margins = abs(x)\n    margins = g(margins)\n    return margins",
        "def g(x):\n    return [v for v in x]\n\ndef f(x):\n    return x",
        "for k in range(3):\n    pass\n\ndef f(x):\n    return x",
        "def f(x):\n    return np.logaddexp.reduce(x, axis=1)",
    ],
)
def test_no_loop_is_seen_where_there_is_none(source):
    assert find_loop(source, "f") == ""


@pytest.mark.parametrize(
    "source",
    ["", "def g(x):\n    return x", "def f(x:\n", "def f(x):\n    return x\x00"],
)
def test_what_cannot_be_read_is_not_passed(source):
    assert "not found" in find_loop(source, "f")


def test_the_reduce_of_functools_is_a_loop():
    source = "def f(x):\n    return functools.reduce(max, x)"
    assert "a loop in disguise" in find_loop(source, "f")


def test_functions_that_call_each_other_end_the_search():
    source = "def f(x):\n    return g(x)\n\ndef g(x):\n    return f(x)"
    assert find_loop(source, "f") == ""
