# tries: answer True, which Python counts as 1, to every question
# expects: l3_svm_predict_then_run partial 0.6667; others as honest
# %% l3_svm_predict_then_run
questions = """
true_score_frog delta_only_sets_a_scale car_loss_after_drop smallest_loss largest_loss
loss_at_start rise_with_true_class mean_keeps_best_W squaring_keeps_best_W
zero_loss_W_is_unique car_loss_under_2W frog_loss_under_2W
"""
svm_answers = dict.fromkeys(questions.split(), True)
