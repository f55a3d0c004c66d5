# tries: report each cell as a success
# expects: l3_svm_loss_i error 0; others as honest
# %% first
from IPython.core.interactiveshell import ExecutionResult

ExecutionResult.success = property(lambda self: True)
# %% l3_svm_loss_i
raise ValueError("nothing is defined")
