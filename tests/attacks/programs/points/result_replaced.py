# tries: report each cell as a success and show no error
# expects: l3_svm_loss_i wrong 0; others as honest
# %% first
from IPython.core.interactiveshell import ExecutionResult

ExecutionResult.success = property(lambda self: True)
get_ipython().showtraceback = lambda *args, **options: None
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return -1.0
