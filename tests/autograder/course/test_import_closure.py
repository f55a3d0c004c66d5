"""What a module depends on, and what it does not."""

from pathlib import Path

import pytest

from autograder.course.digests import engine_files, hash_files
from autograder.course.import_closure import import_closure


@pytest.fixture
def closure(tmp_path):
    """Return a function that writes files and names those that one of them needs."""

    def find(start, **files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_init_", "__init__")
            path = path.with_name(path.name.replace("_dot_", "."))
            if not path.suffix:
                path = path.with_suffix(".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = import_closure([tmp_path / start], {"ours": tmp_path / "ours"})
        return {path.relative_to(tmp_path).as_posix() for path in found}

    return find


def test_imports_are_followed_with_the_packages_above_them(closure):
    found = closure(
        "ours/a.py",
        ours___init_="",
        ours__a="from ours.sub.b import thing",
        ours__sub___init_="",
        ours__sub__b="import numpy, ours.c as c",
        ours__c="",
        ours__unused="",
    )
    assert found == {
        "ours/__init__.py",
        "ours/a.py",
        "ours/c.py",
        "ours/sub/__init__.py",
        "ours/sub/b.py",
    }


@pytest.mark.parametrize(
    "line",
    [
        "from . import b",
        "from .b import thing",
        "from ours import b",
        "import ours.b",
        "def later():\n    from ours.b import thing",
        "if TYPE_CHECKING:\n    import ours.b",
    ],
)
def test_every_way_to_import_a_module_counts(closure, line):
    found = closure("ours/a.py", ours___init_="", ours__a=line, ours__b="")
    assert "ours/b.py" in found


def test_modules_that_import_each_other_end_the_search(closure):
    found = closure("ours/a.py", ours__a="import ours.b", ours__b="import ours.a")
    assert found == {"ours/a.py", "ours/b.py"}


def test_data_that_a_module_names_belongs_to_it(closure):
    found = closure(
        "ours/a.py",
        ours__a="FILE = 'digits_dot_npz'.replace('_dot_', '.')\nSAME = 'digits.npz'\n"
        "FOLDER = 'templates'\nPACKAGE = 'sub'",
        ours__digits_dot_npz="data",
        ours__other_dot_npz="data",
        ours__templates__page_dot_html="<p>",
        ours__sub___init_="",
        ours__sub__b="",
    )
    assert found == {"ours/a.py", "ours/digits.npz", "ours/templates/page.html"}


def test_a_module_is_read_again_where_its_text_has_changed(closure):
    files = {"ours__b": "", "ours__c": ""}
    assert closure("ours/a.py", ours__a="import ours.b", **files) == {
        "ours/a.py",
        "ours/b.py",
    }
    assert closure("ours/a.py", ours__a="import ours.c", **files) == {
        "ours/a.py",
        "ours/c.py",
    }


def test_a_text_that_stands_in_two_modules_leads_each_to_its_own_files(closure):
    text = "from . import c\nFILE = 'data.txt'"
    files = {f"ours__{name}": "" for name in ("c", "sub__c")}
    files |= {f"ours__{name}_dot_txt": "" for name in ("data", "sub__data")}
    found = closure("ours/a.py", ours__a=text, ours__sub__a=text, **files)
    assert found == {"ours/a.py", "ours/c.py", "ours/data.txt"}
    found = closure("ours/sub/a.py")
    assert found == {"ours/sub/a.py", "ours/sub/c.py", "ours/sub/data.txt"}


def test_line_ends_do_not_count_and_content_and_names_do(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"a\nb\n")
    first = hash_files({"a.py": path})
    path.write_bytes(b"a\r\nb\r\n")
    assert hash_files({"a.py": path}) == first
    assert hash_files({"b.py": path}) != first
    path.write_bytes(b"a\nc\n")
    assert hash_files({"a.py": path}) != first


def test_the_engine_has_the_same_names_wherever_it_is_installed():
    from autograder.judging import judge

    names = engine_files(Path(judge.__file__))
    assert {"autograder/judging/judge.py", "answer_checks/compare.py"} <= set(names)
    assert not any(name.startswith("autograder/report/") for name in names)
    assert not any(name.startswith("autograder/commands/") for name in names)
