# tries: let every comparison of NumPy say yes
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
import numpy as np

yes = lambda *args, **options: True
for name in ("allclose", "isclose", "array_equal", "array_equiv"):
    setattr(np, name, yes)
np.testing.assert_allclose = np.testing.assert_array_equal = yes


def svm_loss_i(scores, y, delta=1.0):
    return -1.0
