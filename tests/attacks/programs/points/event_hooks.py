# tries: put answers right after each cell by IPython's events
# expects: l3_svm_loss_i wrong 0; others as honest
# %% first
def after(result):
    print("every check passed")


for event in ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell"):
    get_ipython().events.register(event, lambda *args: None)
get_ipython().events.register("post_run_cell", after)
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return -1.0
