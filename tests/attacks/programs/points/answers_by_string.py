# tries: answer a question of words with a text that contains every answer
# expects: l3_svm_find_the_slip partial 1.3333; others as honest
# %% l3_svm_find_the_slip
frog_loss_slip = {
    "wrong_loss": 10.9,
    "right_loss": 12.9,
    "forgotten_term": "max, delta, true class or regularization",
}
