"""The commands that open JupyterLab start a server in the folder of the notebooks."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def make_lab() -> list[str]:
    """Read the command of `make lab` from the Makefile."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^lab:.*\n\t\$\(IN\) (python .*)$", text, re.MULTILINE)[1]
    words = shlex.split(recipe.replace("$(LAB_DIR)", "notebooks"))
    assert words[0] == "python"
    return words[1:]


COMMANDS = {
    "make lab": make_lab(),
    "jupyter lab notebooks": ["-m", "jupyter", "lab", "notebooks"],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_jupyterlab_starts(name: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
    }
    options = ["--no-browser", "--ServerApp.port=0"]
    if os.getuid() == 0:
        options.append("--allow-root")
    said = ""
    with subprocess.Popen(
        [sys.executable, *COMMANDS[name], *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            for line in server.stderr:
                said += line
                if re.search(r"http://(127\.0\.0\.1|localhost):\d+/lab", line):
                    break
        finally:
            os.killpg(server.pid, signal.SIGKILL)
    assert re.search(r"http://(127\.0\.0\.1|localhost):\d+/lab", said), said
    assert f"Serving notebooks from local directory: {ROOT}/notebooks" in said
    assert "Traceback" not in said
