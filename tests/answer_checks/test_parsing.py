"""Reading source beside threads that read source too."""

import ast
import threading

import pytest

from answer_checks import parsing
from answer_checks.parsing import parse_python, source_of


def test_a_text_becomes_a_tree():
    tree = parse_python("a = 1 + 2")
    assert ast.unparse(tree) == "a = 1 + 2"
    assert ast.dump(parse_python(b"a = 1 + 2")) == ast.dump(tree)


@pytest.mark.parametrize("text", ["a =", "a\0b"])
def test_what_is_no_python_is_said(text):
    with pytest.raises((SyntaxError, ValueError)):
        parse_python(text)


def test_the_source_of_a_class_and_of_a_function():
    class Half:
        share = 1 / 2

    assert source_of(Half).strip().startswith("class Half:")
    assert source_of(parse_python).startswith("def parse_python(")
    with pytest.raises(TypeError):
        source_of(3)


@pytest.mark.parametrize("failures", [1, parsing.ATTEMPTS - 1])
def test_what_another_thread_disturbed_is_tried_again(failures):
    left = [SystemError("AST constructor recursion depth mismatch")] * failures

    def disturbed(text):
        if left:
            raise left.pop()
        return ast.parse(text)

    assert ast.unparse(parse_python("b", disturbed)) == "b"


def test_what_never_works_is_not_tried_for_ever():
    tried = []

    def broken(text):
        tried.append(text)
        raise SystemError("of another kind")

    with pytest.raises(SystemError, match="of another kind"):
        parse_python("b", broken)
    assert len(tried) == parsing.ATTEMPTS


@pytest.mark.slow
def test_threads_that_parse_at_once_all_get_their_trees():
    text = "\n".join(f"a{k} = [{k}, (b, c), d[{k}]]" for k in range(400))
    wanted, found = ast.dump(ast.parse(text)), []

    def read():
        found.extend(ast.dump(parse_python(text)) == wanted for _ in range(6))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 24
