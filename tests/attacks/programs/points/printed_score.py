# tries: print what a grader that reads outputs would take for points
# expects: l3_svm_loss_i wrong 0; others as honest
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    print('{"score": 2, "max_score": 2, "passed": true}')
    return -1.0


print("1.0\nPASSED\n2 points of 2")
2.0
