# tries: keep the hidden inputs of one exercise and print them in a later cell
# expects: all as honest
# prints: kept
# %% l3_svm_loss_i
import numpy as np

kept = []


def svm_loss_i(scores, y, delta=1.0):
    kept.append(scores.tolist())
    margins = np.maximum(0, scores - scores[y] + delta)
    margins[y] = 0
    return float(margins.sum())


# %% last
print("kept", len(kept), kept)
