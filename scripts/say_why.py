"""Run a step of the set-up; where it fails, say in one line why and what to do.

Called by the Makefile, with nothing installed yet:

    python3 scripts/say_why.py COMMAND [ARGUMENT ...]
"""

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

LOG = Path("build") / "setup.log"
FULL = (
    "the disk is full; free 2 GB, in the temporary folder too (TMPDIR names "
    "another one)"
)
FULL_BELOW = 32 * 2**20  # bytes

# What is found in the output of pip or venv -> what to say. The first that is found
# counts: a network that is down ends in "no matching distribution" too.
REASONS = (
    (
        r"No space left on device|Errno 28|Disk quota exceeded|Errno 122",
        FULL,
    ),
    (
        r"ProxyError|Cannot connect to proxy|Tunnel connection failed|407 Proxy",
        "the proxy refuses or cannot be reached; correct HTTPS_PROXY, or `proxy` in "
        "what `pip config list` shows",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "the package index shows a certificate that is not trusted; name that of your "
        "network with PIP_CERT=FILE",
    ),
    (
        r"NewConnectionError|Failed to establish a new connection|ConnectTimeoutError"
        r"|ReadTimeoutError|Read timed out|NameResolutionError|name resolution"
        r"|Network is unreachable|RemoteDisconnected|Connection reset|Connection broken"
        r"|ProtocolError|IncompleteRead",
        "the package index cannot be reached; check the network and the proxy "
        "(HTTPS_PROXY), or name another index with PIP_INDEX_URL",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "the package index gave out a file that requirements.lock does not name; use "
        "another index with PIP_INDEX_URL, or run `pip cache purge`",
    ),
    (
        r"No matching distribution found for (\S+)",
        "the package index has no {0} for this Python and machine; name a complete "
        "index with PIP_INDEX_URL, or another Python, as in: make setup "
        "PYTHON=python3.12",
    ),
    (
        r"ensurepip is not\s+available|No module named '?(?:ensurepip|venv)",
        "this Python cannot make virtual environments; install its package for that "
        "(Debian and Ubuntu: python3-venv)",
    ),
    (
        r"No module named '?pip",
        "the environment is broken; remove .venv and call `make setup` again",
    ),
    (
        r"command '\S*(?:gcc|g\+\+|cc|clang)\S*' failed|[Uu]nknown compiler",
        "a package has no wheel for this Python and machine and must be compiled; "
        "install a C compiler, or name another Python with PYTHON",
    ),
    (
        r"(?:Permission denied|Read-only file system): '([^']+)'",
        "{0} cannot be written",
    ),
)


def reason(output: str) -> str | None:
    """Say in words why the step that wrote this output failed, if it is known.

    Examples
    --------
    >>> reason("ERROR: No matching distribution found for numpy==2.4.0")[:47]
    'the package index has no numpy==2.4.0 for this '
    >>> reason("something new") is None
    True
    """
    for pattern, words in REASONS:
        found = re.search(pattern, output)
        if found:
            return words.format(*found.groups())
    return FULL if disk_is_full() else None


def disk_is_full() -> bool:
    """Tell whether it is: venv does not pass on why its own call of pip failed."""
    folders = (Path.cwd(), tempfile.gettempdir())
    return any(shutil.disk_usage(folder).free < FULL_BELOW for folder in folders)


def run(command: Sequence[str]) -> int:
    """Run a command and return its exit code; explain a failure on stderr."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        code, output = done.returncode, done.stdout
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        code, output = 1, f"{command[0]}: {error.strerror}\n"
    why = reason(output) if code else None
    if why is None:
        sys.stdout.write(output)
        return code
    where = ""
    with contextlib.suppress(OSError):  # a full disk takes no log
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text(output, encoding="utf-8")
        where = f" (all that was said: {LOG})"
    print(f"setup: {why}{where}", file=sys.stderr)
    return code


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python3 scripts/say_why.py COMMAND [ARGUMENT ...]")
    sys.exit(run(sys.argv[1:]))
