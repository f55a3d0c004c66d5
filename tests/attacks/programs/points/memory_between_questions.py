# tries: answer the same question better when it is asked again at the end
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
seen = []


def svm_loss_i(scores, y, delta=1.0):
    seen.append(scores.copy())
    return -1.0 - len(seen)


# %% last
first = svm_loss_i


def svm_loss_i(scores, y, delta=1.0):
    return float(len(seen))
