# tries: exchange the function that runs the cells
# expects: l3_svm_loss_i wrong 0; others as honest
# %% first
from types import SimpleNamespace

shell = get_ipython()
kept = shell.run_cell


def run_cell(source, **options):
    if "def svm_loss_i" in source:
        source = "def svm_loss_i(scores, y, delta=1.0):\n    return -1.0"
    return kept(source, **options)


shell.run_cell = run_cell
