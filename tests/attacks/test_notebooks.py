"""Notebooks that are edited, broken, or simply as honest people leave them."""

from __future__ import annotations

import copy
import functools
import json

import nbformat
import pytest

from autograder.cleaning.notebook import clean_notebook
from autograder.sandbox.limits import Limits
from tests.autograder.cleaning.pages import acts, formgrader_page
from tests.autograder.cleaning.vectors import STOPPED, VECTORS
from tests.autograder.report.conftest import PNG

pytestmark = [pytest.mark.slow, pytest.mark.long]

LOSS_I = "l3_svm_loss_i"
WRONG = "def svm_loss_i(scores, y, delta=1.0):\n    return -1.0\n"


def ids_of(notebook):
    return [
        (cell["metadata"].get("nbgrader") or {}).get("grade_id", "")
        for cell in notebook["cells"]
    ]


def cell_of(notebook, grade_id):
    return notebook["cells"][ids_of(notebook).index(grade_id)]


def code(source):
    cell = {"cell_type": "code", "metadata": {}, "source": source}
    return {**cell, "outputs": [], "execution_count": None}


# Edits of the course's own cells, with a wrong answer: none of them earns a point. ----


def skip_tags(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "demo"]


def more_points(notebook):
    cell_of(notebook, f"{LOSS_I}_test")["metadata"]["nbgrader"]["points"] = 1000


def negative_points(notebook):
    cell_of(notebook, f"{LOSS_I}_test")["metadata"]["nbgrader"]["points"] = -5


def points_of_no_number(notebook):
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = "NaN"


def flags_changed(notebook):
    for grade_id in (LOSS_I, f"{LOSS_I}_test"):
        meta = cell_of(notebook, grade_id)["metadata"]["nbgrader"]
        for key in ("grade", "locked", "solution", "task"):
            meta[key] = not meta.get(key)


def made_manual(notebook):
    meta = cell_of(notebook, f"{LOSS_I}_test")["metadata"]["nbgrader"]
    meta.update(grade=True, solution=True, task=True, locked=False)


def schema_of_the_future(notebook):
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 99


def its_test_edited(notebook):
    cell_of(notebook, f"{LOSS_I}_test")["source"] = "2"


def its_test_deleted(notebook):
    notebook["cells"].remove(cell_of(notebook, f"{LOSS_I}_test"))


def its_test_moved_to_the_top(notebook):
    cell = cell_of(notebook, f"{LOSS_I}_test")
    notebook["cells"].remove(cell)
    notebook["cells"].insert(0, cell)


def its_test_copied(notebook):
    cell = copy.deepcopy(cell_of(notebook, f"{LOSS_I}_test"))
    cell["source"] = "2"
    notebook["cells"].insert(0, cell)
    notebook["cells"].append(copy.deepcopy(cell))


def its_test_made_text(notebook):
    cell_of(notebook, f"{LOSS_I}_test")["cell_type"] = "markdown"


def its_test_renamed(notebook):
    meta = cell_of(notebook, f"{LOSS_I}_test")["metadata"]["nbgrader"]
    meta["grade_id"] = "l3_svm_loss_vectorized_test"


def outputs_written_in(notebook):
    output = {"output_type": "execute_result", "data": {"text/plain": "2.0"}}
    output |= {"metadata": {}, "execution_count": 1}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [output], 1


EDITS = [
    skip_tags,
    more_points,
    negative_points,
    points_of_no_number,
    flags_changed,
    made_manual,
    schema_of_the_future,
    its_test_edited,
    its_test_deleted,
    its_test_moved_to_the_top,
    its_test_copied,
    its_test_made_text,
    its_test_renamed,
    outputs_written_in,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_of_the_courses_cells_earns_nothing(edit, honest, grade, as_honest):
    notebook = copy.deepcopy(honest)
    edit(notebook)
    as_honest(grade(notebook))
    cell_of(notebook, LOSS_I)["source"] = WRONG
    as_honest(grade(notebook), but={LOSS_I: ({"wrong"}, 0.0)})


# Files that are no notebook, or hardly one: judged, and nothing raises. --------------


def not_readable(honest):
    text = json.dumps(honest)
    yield "empty", b""
    yield "blank", b" \n\t "
    yield "not_json", b"PK\x03\x04 this was a zip file"
    yield "cut_short", text[: len(text) // 2].encode()
    yield "a_list", b"[1, 2, 3]"
    yield "a_number", b"17"
    yield "null", b"null"
    yield "deep", b"[" * 100_000
    yield "deep_dict", b'{"cells":' * 50_000
    yield "wrong_encoding", text.encode() + "É".encode("latin-1")
    yield "three_byte_order_marks", "\ufeff\ufeff\ufeff".encode() + text.encode()
    yield "half_of_utf_16", text.encode("utf-16")[:-1]
    yield "utf_7", text.replace("{", "+AHs-").encode()
    yield "many_digits", b'{"cells": [], "nbformat": ' + b"9" * 100_000 + b"}"
    yield "cells_no_list", b'{"cells": {"0": 1}, "nbformat": 4}'
    yield "worksheets_of_nothing", b'{"worksheets": null, "nbformat": 3}'
    yield "format_of_no_number", b'{"worksheets": [], "nbformat": "four"}'
    yield "pickle", b"cos\nsystem\n(S'touch /tmp/pickled'\ntR."


def other_files(honest):
    text = json.dumps(honest, indent=1)
    line = text.index("\n", len(text) // 2) + 1
    marks = f"<<<<<<< HEAD\n{text[line : line + 9]}\n=======\n>>>>>>> main\n"
    yield "merge_conflict", text[:line] + marks + text[line:], "merge conflict"
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:5e\nsize 4\n"
    yield "pointer", pointer, "Git LFS"
    yield "web_page", "<!doctype html><title>01_svm.ipynb</title>", "web page"
    yield "program", "import numpy as np\n", "text, but no notebook"
    parts = ",".join(["{}"] * 2_000_000)
    yield "many_parts", f'{{"cells": [{parts}]}}', "too many small parts"
    long = [code("x = 1\n" * 30_000)] * 8
    yield "much_code", json.dumps({**honest, "cells": long}), "characters"
    other = [code("import numpy as np"), code("def hinge(a, b):\n    return 0")]
    yield "other_notebook", json.dumps({"cells": other}), "not this notebook"


def test_a_file_that_is_something_else_is_called_by_its_name(honest, grade):
    for name, text, words in other_files(honest):
        judgement = grade(text.encode()).judgement
        statuses = {v.status for v in judgement.verdicts}
        assert statuses == {"unreadable"}, name
        assert words in judgement.notes[0], name


def test_a_notebook_that_attacks_its_reader_acts_nowhere(honest, grade):
    """Its graded notebook, in a formgrader without our configuration."""
    cells = [copy.deepcopy(c) for c in (VECTORS | STOPPED).values()]
    judged = grade({**honest, "cells": [*honest["cells"], *cells]})
    bare = {**honest, "cells": clean_notebook(honest)["cells"]}
    page = formgrader_page(judged.notebook)
    found = acts(page, formgrader_page(grade(bare).notebook))
    assert [one for one in found if not one.startswith("<h1 id>")] == []


def test_what_is_no_notebook_is_unreadable(honest, grade):
    for name, data in not_readable(honest):
        judgement = grade(data).judgement
        statuses = {v.status for v in judgement.verdicts}
        assert statuses == {"unreadable"}, name
        assert sum(v.score for v in judgement.verdicts) == 0
        assert judgement.notes


def test_a_file_of_200_mb_is_not_read(tmp_path, honest, grade):
    from autograder.classroom.submissions import Submission

    path = tmp_path / "01_svm.ipynb"
    with path.open("wb") as file:
        file.write(json.dumps(honest).encode())
        file.truncate(200 * 2**20)
    data = Submission("ada", "lecture3/01_svm", path).read(Limits().submission_bytes)
    judgement = grade(data).judgement
    assert {v.status for v in judgement.verdicts} == {"unreadable"}
    assert "too large" in judgement.notes[0]


def no_answers(honest):
    yield "no_cells", {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    yield "odd_cells", {"cells": [None, 3, "x", [], {}, {"cell_type": 7}]}
    odd = {"cell_type": "code", "metadata": {"nbgrader": []}, "source": {"a": 1}}
    yield "odd_fields", {"cells": [odd, {**odd, "metadata": 4, "outputs": {}}]}
    yield (
        "ids_of_no_text",
        {"cells": [{**odd, "metadata": {"nbgrader": {"grade_id": 1}}}]},
    )


def test_a_notebook_without_the_courses_cells_is_judged(honest, grade):
    for name, notebook in no_answers(honest):
        judgement = grade(notebook).judgement
        assert {v.status for v in judgement.verdicts} <= {
            *("unanswered", "missing", "error"),
        }, name
        assert sum(v.score for v in judgement.verdicts) == 0


def harmless_faults(honest):
    def edited(change):
        notebook = copy.deepcopy(honest)
        change(notebook)
        return notebook

    def extra(notebook, cells, place=None):
        at = len(notebook["cells"]) if place is None else place
        notebook["cells"][at:at] = cells

    yield "50000_cells", edited(lambda n: extra(n, [code("")] * 50_000))
    yield "50000_cells_first", edited(lambda n: extra(n, [code("1")] * 50_000, 0))
    yield "format_99", edited(lambda n: n.update(nbformat=99, nbformat_minor=99))
    yield "format_of_no_number", edited(lambda n: n.update(nbformat="x"))
    yield (
        "no_format",
        edited(lambda n: (n.pop("nbformat", 0), n.pop("nbformat_minor", 0))),
    )
    kernel = {"kernelspec": {"name": "no-such-kernel", "language": "R"}}
    yield "wrong_kernel", edited(lambda n: n.update(metadata=kernel))
    yield "metadata_of_no_dict", edited(lambda n: n.update(metadata=[1]))
    yield "same_ids", edited(lambda n: [c.update(id="same") for c in n["cells"]])
    yield "odd_ids", edited(lambda n: [c.update(id={"a": 1}) for c in n["cells"]])
    deep = "x = " + "-" * 50_000 + "1"
    yield "deep_source", edited(lambda n: extra(n, [code(deep)]))
    yield "long_chain", edited(lambda n: extra(n, [code("x" + ".a" * 60_000)]))
    yield "brackets", edited(lambda n: extra(n, [code("(" * 60_000)]))
    yield "null_bytes", edited(lambda n: extra(n, [code("x = '\0'")]))
    yield "halves", edited(lambda n: extra(n, [code("x = '\ud800'")]))
    outputs = [None, 3, {"output_type": "stream", "text": 4}, {"output_type": {}}]
    outputs += [{"output_type": "display_data", "data": {"text/plain": {"a": 1}}}]
    outputs += [{"output_type": "error", "traceback": 3, "ename": None}]
    outputs += [{"output_type": "stream", "name": [], "text": ["a", 3, "\ud800"]}]
    outputs += [{"output_type": "display_data", "data": {"text/\udfff": "\ud800"}}]
    stored = {**code("print(1)"), "outputs": outputs, "execution_count": True}
    yield "odd_outputs", edited(lambda n: extra(n, [stored]))
    many = {**code("print(1)"), "outputs": outputs[-1:] * 20_000, "execution_count": 1}
    yield "20000_outputs", edited(lambda n: extra(n, [many]))
    pasted = {"cell_type": "markdown", "metadata": {}, "source": "![x](attachment:x)"}
    pasted["attachments"] = {"x\ud800": {"image/png": "\ud800", "x": 3}, "y": []}
    yield "odd_attachments", edited(lambda n: extra(n, [pasted]))
    text = {
        "cell_type": "markdown",
        "metadata": {},
        "source": "[" * 50_000 + "*_" * 9999,
    }
    yield "deep_markdown", edited(lambda n: extra(n, [text]))
    # IPython reads a cell again for each magic in it, and gives up after 500.
    magics = "%time x\n"
    yield "480_magics", edited(lambda n: extra(n, [code(magics * 480)]))
    yield "510_magics", edited(lambda n: extra(n, [code(magics * 510)]))
    yield "magic_of_half_a_text", edited(lambda n: extra(n, [code('a =%"""b')], 0))
    acts = [copy.deepcopy(c) for c in (VECTORS | STOPPED).values()]
    yield "acts_in_a_page", edited(lambda n: extra(n, acts))
    keys = {f"k{i}": {} for i in range(300_000)}
    yield "300000_keys", edited(lambda n: n.update(metadata=keys))

    def of_cells(notebook, metadata):
        for cell in notebook["cells"][:1]:
            cell["metadata"].update(metadata)

    yield "300000_keys_of_a_cell", edited(lambda n: of_cells(n, keys))
    nested = functools.reduce(lambda inner, _: {"a": [inner]}, range(300), {})
    yield "nested_metadata", edited(lambda n: of_cells(n, nested))
    types = {f"application/x-{i}": "<script>alert(1)</script>" for i in range(30_000)}
    shown = [{"output_type": "display_data", "data": types, "metadata": keys}]
    yield "30000_types", edited(lambda n: extra(n, [{**code("1"), "outputs": shown}]))
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"m": keys}}}
    yield "widget_state", edited(lambda n: n.update(metadata={"widgets": widgets}))
    pictures = {f"p{i}.png": {"image/png": PNG} for i in range(3_000)}
    pictures["a.svg"] = {"image/svg+xml": "<svg onload=alert(1)>"}
    many = {**pasted, "attachments": pictures}
    yield "3000_attachments", edited(lambda n: extra(n, [many]))


FAULTS = [name for name, _ in harmless_faults({"cells": []})]


def odd_json(honest):
    """Files that readers of JSON read in different ways, or not at all."""
    text = json.dumps(honest)
    twice = text.replace('"source": ', '"source": "1 / 0", "source": ')
    yield "fields_twice", twice
    yield "cells_twice", '{"cells": [], ' + text[1:]
    yield "not_a_number", text[:-1] + ', "a": NaN, "b": [Infinity, -Infinity]}'
    yield "beyond_any_float", text[:-1] + ', "a": 1e999999}'
    count = '"execution_count": NaN'
    yield "count_of_no_number", text.replace('"execution_count": null', count)
    yield "null_characters", text[:-1] + ', "\\u0000": "\\u0000"}'


ODD_JSON = [name for name, _ in odd_json({"cells": []})]


@pytest.mark.parametrize("name", ODD_JSON)
def test_odd_json_is_read_in_one_way_and_costs_no_points(
    name, honest, grade, as_honest
):
    text = dict(odd_json(honest))[name]
    assert text != json.dumps(honest)
    judged = grade(text.encode())
    as_honest(judged)
    json.dumps(judged.notebook, allow_nan=False)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_file_costs_no_points(name, honest, grade, as_honest):
    as_honest(grade(dict(harmless_faults(honest))[name]))


# What honest people do. --------------------------------------------------------------


def habits(honest):
    def edited(*extra, place=0, change=None):
        notebook = copy.deepcopy(honest)
        notebook["cells"][place:place] = [code(source) for source in extra]
        if change:
            change(notebook)
        return notebook

    def each(notebook, change):
        for cell in notebook["cells"]:
            change(cell)

    end = len(honest["cells"])
    yield "warnings", edited("import warnings\nwarnings.warn('mind this')\nx = '\\d'")
    yield (
        "warnings_in_an_answer",
        edited(
            change=lambda n: _prepend(
                n, LOSS_I, "import warnings\nwarnings.simplefilter('always')\n1 is 1\n"
            )
        ),
    )
    yield "errors_of_standard_error", edited("import sys\nprint('x', file=sys.stderr)")
    yield (
        "prints_in_an_answer",
        edited(
            change=lambda n: _replace(
                n, LOSS_I, "):\n", "):\n    print('scores', y)\n", 1
            )
        ),
    )
    yield (
        "plots",
        edited(
            "%matplotlib inline\nimport matplotlib.pyplot as plt",
            "plt.figure()\nplt.plot([1, 2, 3]);\nplt.show()",
        ),
    )
    yield "plot_not_shown", edited("import matplotlib.pyplot as plt\nplt.hist([1, 2])")
    yield (
        "magics",
        edited(
            "%timeit -n1 -r1 sum(range(9))",
            "%%time\nx = 3",
            "%load_ext autoreload\n%autoreload 2",
            "%config InlineBackend.figure_format = 'retina'",
            "%precision 3",
            "?print",
            "%who",
        ),
    )
    yield (
        "magics_in_an_answer",
        edited(
            change=lambda n: (
                _prepend(n, LOSS_I, "%matplotlib inline\n"),
                _append(n, LOSS_I, "\n%timeit -n1 -r1 svm_loss_i(np.ones(3), 1)\n"),
                _prepend(n, "l3_svm_loss_vectorized", "%%time\n"),
            )
        ),
    )
    yield (
        "a_progress_bar",
        edited("from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass"),
    )
    yield "shell_commands", edited("%pip install -q tqdm")
    yield (
        "shell_commands_of_all_kinds",
        edited("!ls\nfiles = !pwd", "!pip install tqdm"),
    )
    yield (
        "missing_package",
        edited("import torch_is_not_here", "import seaborn_neither"),
    )
    yield "broken_experiments", edited("1 / 0", "def unfinished(:", "undefined_name")
    yield "experiments_below", edited("svm_loss_i = None\nW = X = y = 3", place=end)
    yield "asserts", edited("assert True", "import numpy as np; assert np.pi > 3")
    yield (
        "seeds",
        edited("import numpy as np\nnp.random.seed(0)\nnp.seterr(all='raise')"),
    )
    yield "a_help_call", edited("help(print)", "import numpy as np\nnp.info(np.sum)")
    yield (
        "korean",
        edited(
            "# 손실 함수를 정의합니다\n이름 = '스탠퍼드'\nprint(이름)",
            change=lambda n: _prepend(
                n, LOSS_I, "# 정답이 아닌 클래스만 더한다 — ü ñ 中\n"
            ),
        ),
    )
    yield (
        "windows_lines",
        edited(
            change=lambda n: each(
                n, lambda c: c.update(source=_text(c).replace("\n", "\r\n"))
            )
        ),
    )
    yield (
        "lines_as_a_list",
        edited(
            change=lambda n: each(
                n, lambda c: c.update(source=_text(c).splitlines(True))
            )
        ),
    )
    yield (
        "trailing_blanks",
        edited(
            change=lambda n: each(n, lambda c: c.update(source=_text(c) + "\n\n  \n"))
        ),
    )
    yield "no_cell_ids", edited(change=lambda n: each(n, lambda c: c.pop("id", None)))
    yield "old_minor", edited(change=lambda n: n.update(nbformat_minor=2))
    yield "run_out_of_order", edited(change=_out_of_order)
    vscode = {
        "vscode": {"interpreter": {"hash": "x"}},
        "language_info": {"name": "python"},
    }
    yield (
        "vs_code",
        edited(change=lambda n: _editor(n, vscode, {"vscode": {"l": "py"}})),
    )
    yield "a_guard_in_an_answer", edited(change=_guarded)
    colab = {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
    yield (
        "colab",
        edited(change=lambda n: _editor(n, colab, {"id": "aB3", "outputId": "q"})),
    )
    yield (
        "metadata_lost",
        edited(
            change=lambda n: each(
                n, lambda c: c["cell_type"] == "code" and c.pop("metadata")
            )
        ),
    )
    yield "helper_in_a_cell_of_its_own", edited(change=_split)
    yield "answers_in_another_order", edited(change=_reordered)
    yield "tests_run_twice", edited("print('again')", place=end, change=_stored_twice)
    yield (
        "a_class_and_a_thread",
        edited(
            "import threading\nt = threading.Thread(target=print, args=('x',))\n"
            "t.start()\nt.join()",
            "from concurrent.futures import ThreadPoolExecutor\n"
            "with ThreadPoolExecutor(4) as pool:\n    print(*pool.map(abs, [-1, 2]))",
        ),
    )
    yield (
        "files",
        edited(
            "import numpy as np\nnp.save('w.npy', np.ones(3))\nprint(np.load('w.npy'))",
            "import tempfile\nwith tempfile.NamedTemporaryFile() as f: f.write(b'x')",
        ),
    )


def _text(cell):
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _prepend(notebook, grade_id, text):
    if grade_id in ids_of(notebook):
        cell = cell_of(notebook, grade_id)
        cell["source"] = text + _text(cell)


def _append(notebook, grade_id, text):
    if grade_id in ids_of(notebook):
        cell = cell_of(notebook, grade_id)
        cell["source"] = _text(cell) + text


def _guarded(notebook):
    """Import what may not be there, and go on without it."""
    text = "try:\n    import numba_is_not_here\nexcept ImportError:\n    pass\n"
    _prepend(notebook, LOSS_I, text)


def _replace(notebook, grade_id, old, new, count):
    if grade_id in ids_of(notebook):
        cell = cell_of(notebook, grade_id)
        cell["source"] = _text(cell).replace(old, new, count)


def _out_of_order(notebook):
    for place, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = 999 - place


def _editor(notebook, metadata, of_cells):
    notebook["metadata"] = {**notebook.get("metadata", {}), **metadata}
    for cell in notebook["cells"]:
        cell["metadata"].update(of_cells)


def _split(notebook):
    """Move an answer into a cell above, and leave a call of it."""
    if LOSS_I not in ids_of(notebook):
        return
    cell = cell_of(notebook, LOSS_I)
    moved = _text(cell).replace("svm_loss_i", "my_own_loss")
    cell["source"] = (
        "def svm_loss_i(scores, y, delta=1.0):\n"
        "    return my_own_loss(scores, y, delta)"
    )
    place = notebook["cells"].index(cell)
    notebook["cells"].insert(place, code(moved))


def _reordered(notebook):
    """Put two answers, with their tests, in front of others."""
    ids = ids_of(notebook)
    wanted = [i for i, g in enumerate(ids) if g.startswith("l3_svm_find_the_slip")]
    moved = [notebook["cells"][i] for i in wanted]
    for cell in moved:
        notebook["cells"].remove(cell)
    at = ids_of(notebook).index(LOSS_I) if moved else 0
    notebook["cells"][at:at] = moved


def _stored_twice(notebook):
    if f"{LOSS_I}_test" in ids_of(notebook):
        again = copy.deepcopy(cell_of(notebook, f"{LOSS_I}_test"))
        notebook["cells"].append(again)


HABITS = [name for name, _ in habits({"cells": []})]


@pytest.mark.parametrize("name", HABITS)
def test_an_honest_habit_keeps_its_points(name, honest, grade, as_honest):
    as_honest(grade(dict(habits(honest))[name]))


def test_a_missing_import_costs_the_answer_that_needs_it(honest, grade, as_honest):
    notebook = copy.deepcopy(honest)
    _prepend(notebook, LOSS_I, "import torch_is_not_here\n")
    as_honest(grade(notebook), but={LOSS_I: ({"error", "unanswered"}, 0.0)})


def test_a_file_of_colab_keeps_its_points(honest, grade, as_honest):
    notebook = copy.deepcopy(honest)
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "x"}}
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] |= {"id": f"aB{number}", "outputId": "q", "colab": {}}
        cell["source"] = _text(cell).splitlines(True)
    as_honest(grade(json.dumps(notebook, indent=2, ensure_ascii=False).encode()))


def test_a_file_with_windows_line_ends_keeps_its_points(honest, grade, as_honest):
    text = json.dumps(honest, indent=1, ensure_ascii=False).replace("\n", "\r\n")
    as_honest(grade(text.encode()))


def test_a_notebook_of_version_3_keeps_its_points(honest, grade, as_honest):
    old = nbformat.convert(nbformat.reads(json.dumps(honest), as_version=4), 3)
    assert old["nbformat"] == 3
    as_honest(grade(json.dumps(old).encode()))


def test_a_byte_order_mark_keeps_its_points(honest, grade, as_honest):
    text = json.dumps(honest)
    as_honest(grade(b"\xef\xbb\xbf" + text.encode()))
    as_honest(grade(text.encode("utf-16")))
