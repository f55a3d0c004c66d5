"""How far you are: ``progress.show()`` in a notebook, a command in a terminal.

``python -m cs231n_lib.progress notebooks/lecture3`` runs every notebook of a folder in
a new kernel and says which exercises pass, which are wrong and why, which are open, and
which stored outputs a fresh run does not give. It changes no file.
"""

from __future__ import annotations

import sys

from answer_checks.progress import show

__all__ = ["show"]

if __name__ == "__main__":
    # It needs nbclient, which a notebook that only shows the table does not.
    from answer_checks.fresh_run import main

    sys.exit(main(program="python -m cs231n_lib.progress"))
