# tries: wait for a person
# expects: l3_svm_loss_i error 0; others as honest
# %% l3_svm_loss_i
name = input("your name? ")
raise ValueError(name)
