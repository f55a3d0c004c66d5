# tries: show points in front of every cell by IPython's events
# expects: l3_svm_loss_i wrong 0; others as honest
# %% first
def before(info):
    get_ipython().displayhook(2.0)


def after(result):
    print("every check passed")


get_ipython().events.register("pre_run_cell", before)
get_ipython().events.register("post_run_cell", after)
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return -1.0
