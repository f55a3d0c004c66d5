# tries: leave by exit, quit and sys.exit
# expects: l3_svm_loss_i error|unanswered 0; others as honest
# %% first
exit()
# %% before l3_svm_loss_naive
import sys

sys.exit(3)
# %% l3_svm_loss_i
quit()
raise SystemExit(0)
