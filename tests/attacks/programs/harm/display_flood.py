# tries: show pictures and pages of many megabytes
# expects: all as honest
# prints: more output was cut
# %% first
from IPython.display import HTML, display

for _ in range(64):
    display(HTML("<b>x</b>" * 2**18))
    display({"image/png": "A" * 2**21, "text/plain": "x"}, raw=True)
