# tries: leave modules of its own where the grader would import them
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
import sys
import types
from pathlib import Path

for name in ("autograder", "hidden", "numpy_testing", "cs231n_lib_answers"):
    Path(f"{name}.py").write_text("def hidden_tests(*args, **options):\n    return 2\n")
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__getattr__ = lambda name: lambda *args, **options: 2.0
sys.path.insert(0, ".")


def svm_loss_i(scores, y, delta=1.0):
    return -1.0
