# tries: never end
# expects: l3_svm_loss_i timeout 0; others as honest
# %% l3_svm_loss_i
while True:
    pass
