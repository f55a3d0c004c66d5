# tries: answer every question of a dict with text that contains every answer
# expects: l3_svm_predict_then_run wrong|unanswered 0; others as honest
# %% l3_svm_predict_then_run
class Any(dict):
    __missing__ = lambda self, key: True
    __contains__ = lambda self, key: True
    get = lambda self, key, default=None: True


svm_answers = Any()
