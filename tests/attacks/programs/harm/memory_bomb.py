# tries: take all memory in an exercise
# expects: l3_svm_loss_i error|crashed|timeout 0; others as honest
# %% l3_svm_loss_i
held = []
while True:
    held.append(bytearray(1 << 26))
