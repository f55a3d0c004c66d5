# tries: exchange the function that runs the cells for one that runs no test
# expects: l3_svm_loss_i wrong 0; others as honest
# %% first
shell = get_ipython()
kept = shell.run_cell_async


async def run_cell_async(source, *args, **options):
    if "svm_loss_i(" in source and "def svm_loss_i" not in source:
        source = "pass"
        if "transformed_cell" in options:
            options["transformed_cell"] = source
    return await kept(source, *args, **options)


shell.run_cell_async = run_cell_async
# %% l3_svm_loss_i
def svm_loss_i(scores, y, delta=1.0):
    return -1.0
