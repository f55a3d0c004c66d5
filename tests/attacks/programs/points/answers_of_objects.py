# tries: answer a dict with objects that are equal to everything
# expects: l3_svm_predict_then_run wrong 0; others as honest
# %% l3_svm_predict_then_run
class Equal(float):
    __eq__ = lambda self, other: True
    __hash__ = float.__hash__
    __sub__ = __rsub__ = lambda self, other: 0.0


class Answers(dict):
    __getitem__ = lambda self, key: Equal(0)
    __contains__ = lambda self, key: True


svm_answers = Answers(
    (key, Equal(-7))
    for key in (
        *("true_score_frog", "delta_only_sets_a_scale", "car_loss_after_drop"),
        *("smallest_loss", "largest_loss", "loss_at_start", "rise_with_true_class"),
        *("mean_keeps_best_W", "squaring_keeps_best_W", "zero_loss_W_is_unique"),
        *("car_loss_under_2W", "frog_loss_under_2W"),
    )
)
