"""IPython's shell as a notebook sees it, with its outputs collected instead of sent.

What a cell prints, displays and returns becomes the same list of outputs that Jupyter
would store, within a bound on their size.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from course_cells import Compiler, Transformer
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance, Type
from traitlets.config import Config


class Outputs:
    """The outputs of the running cell, in order, up to `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.clear_next = False
        self.start()

    def start(self) -> None:
        """Forget the outputs of the cell before."""
        self.items: list[dict[str, Any]] = []
        self.room = self.limit

    def stream(self, name: str, text: str) -> None:
        """Add text to standard output or standard error."""
        if not self._take(len(text)):
            return
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["parts"].append(text)
        else:
            self._start_stream(name, text)

    def _start_stream(self, name: str, text: str) -> None:
        item = {"output_type": "stream", "name": name, "parts": [text]}
        self.items.append(item)

    def whole(self) -> list[dict[str, Any]]:
        """Return the outputs, each stream's text in one piece."""
        for item in self.items:
            if "parts" in item:
                item["text"] = "".join(item.pop("parts"))
        return self.items

    def add(self, kind: str, **fields: Any) -> None:
        """Add an output of another kind."""
        if self.clear_next:
            self.items, self.clear_next = [], False
        if self.room > 0 and self._take(len(repr(fields))):
            self.items.append({"output_type": kind, **fields})

    def clear(self, wait: bool) -> None:
        """Carry out ``clear_output``."""
        if wait:
            self.clear_next = True
        else:
            self.items = []

    def _take(self, size: int) -> bool:
        if self.room <= 0:
            return False
        self.room -= size
        if self.room <= 0:
            note = "\n[more output was cut]\n"
            self._start_stream("stderr", note)
            return False
        return True


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a cell."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self.outputs = outputs
        self.name = name

    def write(self, text: str) -> int:
        """Collect `text`."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.outputs.stream(self.name, text)
        return len(text)

    def writable(self) -> bool:
        """Say that a stream of a cell can be written."""
        return True

    def isatty(self) -> bool:
        """Say that it is no terminal."""
        return False


class Publisher(DisplayPublisher):
    """Collect what ``display`` shows."""

    def publish(  # type: ignore[override]
        self, data: dict[str, Any], metadata: dict[str, Any] | None = None, **_: Any
    ) -> None:
        """Collect one display."""
        self.shell.outputs.add("display_data", data=data, metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        """Carry out ``clear_output``."""
        self.shell.outputs.clear(wait)


class Hook(DisplayHook):
    """Collect the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Jupyter shows its own prompt."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Collect the value in all its forms."""
        shell: Any = self.shell
        shell.outputs.add(
            "execute_result",
            data=format_dict,
            metadata=md_dict or {},
            execution_count=self.prompt_count,
        )

    def finish_displayhook(self) -> None:
        """Nothing is left to print."""


class Shell(InteractiveShell):
    """A shell that collects."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)
    compiler_class = Type(Compiler)
    input_transformer_manager = Instance(Transformer, ())

    def __init__(self, **kwargs: Any) -> None:
        self.outputs = Outputs(2**21)
        self._awaits: dict[str | None, bool] = {}
        super().__init__(**kwargs)

    def remember(self, cell: str) -> None:
        """Read a cell of the course now, so that no child has to."""
        code = self.input_transformer_manager.remember(cell)
        compiler: Any = self.compile
        compiler.remember(code)
        self._awaits[code] = super().should_run_async(cell, transformed_cell=code)

    def should_run_async(
        self,
        raw_cell: str,
        *,
        transformed_cell: str | None = None,
        preprocessing_exc_tuple: Any = None,
    ) -> bool:
        """Tell whether a cell awaits anything; IPython compiles it to know."""
        if self.autoawait and preprocessing_exc_tuple is None:
            known = self._awaits.get(transformed_cell)
            if known is not None:
                return known
        found: bool = super().should_run_async(
            raw_cell,
            transformed_cell=transformed_cell,
            preprocessing_exc_tuple=preprocessing_exc_tuple,
        )
        return found

    def init_io(self) -> None:
        """Keep the streams; the server sets them for each cell."""

    def init_history(self) -> None:
        """Keep no history file."""
        self.config.HistoryManager.enabled = False
        super().init_history()

    def enable_gui(self, gui: str | None = None) -> None:
        """No window opens here; ``%matplotlib inline`` asks for none."""

    def ask_exit(self) -> None:
        """``exit`` in a cell does not end the run."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.add(
            "error",
            ename=str(getattr(etype, "__name__", etype)),
            evalue=str(evalue),
            traceback=list(stb),
        )


def make_shell() -> Shell:
    """Make the shell that a child inherits, with plots shown inline."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    import matplotlib.pyplot  # noqa: F401 - the slowest import of a notebook
    from matplotlib_inline.backend_inline import configure_inline_support
    from matplotlib_inline.config import InlineBackend

    InlineBackend.instance(parent=shell)
    configure_inline_support(shell, "module://matplotlib_inline.backend_inline")
    return shell


@contextmanager
def undrawn(shell: Shell) -> Iterator[None]:
    """Let a figure that is shown be named meanwhile, and not drawn."""
    from matplotlib.figure import Figure

    display: Any = shell.display_formatter
    formatters = display.formatters.values()
    taken = [(one, one.pop(Figure, None)) for one in formatters]
    try:
        yield
    finally:
        for one, draw in taken:
            if draw is not None:
                one.for_type(Figure, draw)


def run_cell(
    shell: Shell, source: str, limit: int
) -> tuple[list[dict[str, Any]], bool]:
    """Run one cell; return its outputs and whether it ended without an error."""
    shell.outputs.limit = limit
    shell.outputs.start()
    streams = sys.stdout, sys.stderr
    sys.stdout = Stream(shell.outputs, "stdout")
    sys.stderr = Stream(shell.outputs, "stderr")
    try:
        result = shell.run_cell(source, store_history=True, silent=False)
        fine = bool(result.success)
    except BaseException as error:  # a cell may break the shell itself
        name = type(error).__name__
        shell.outputs.add("error", ename=name, evalue="", traceback=[name])
        fine = False
    finally:
        sys.stdout, sys.stderr = streams
    return shell.outputs.whole(), fine
