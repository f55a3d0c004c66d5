# tries: take all memory when the function is asked
# expects: l3_svm_loss_i error|crashed|timeout 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    held = []
    while True:
        held.append(bytearray(1 << 26))
