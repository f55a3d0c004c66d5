# tries: leave IPython's shell without its parts
# expects: all as honest
# %% last
shell = get_ipython()
shell.user_ns = shell.events = shell.compile = None
