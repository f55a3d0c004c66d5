# tries: take every assert and raise out of later cells
# expects: l3_svm_loss_i wrong 0; others as honest
# %% first
import ast


class Silent(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()

    def visit_Raise(self, node):
        return ast.Pass()


get_ipython().ast_transformers.append(Silent())
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    raise ValueError
