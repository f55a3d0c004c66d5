# tries: exchange the parts of NumPy, json and copy that read the answers
# expects: l3_svm_loss_i crashed|error|wrong 0; others at most honest
# %% l3_svm_loss_i
import copy
import json
import struct

import numpy as np


def svm_loss_i(scores, y, delta=1.0):
    return -1.0


real = json.dumps
json.dumps = lambda tree, **options: real(tree, **options).replace("-1.0", "0.0")
copy.copy = lambda value: value
np.errstate = lambda **_: __import__("contextlib").nullcontext()


class Fake(type(np.zeros(0))):
    """Stands where the reader looks for the type of arrays."""


np.ndarray = Fake
np.generic = Fake
struct.pack = lambda *_: b""
