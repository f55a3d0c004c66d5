# tries: bind the name to the function with loops where no definition shows it
# expects: l3_svm_loss_vectorized partial 4; others as honest
# %% before l3_svm_loss_vectorized
import numpy as np


def with_loops(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        scores = X[i] @ W
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1.0
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


# %% l3_svm_loss_vectorized
globals()["svm_loss_vectorized"] = with_loops
