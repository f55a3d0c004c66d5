# tries: show text that no file can be written with
# expects: all as honest
# prints: before
# %% first
from IPython.display import HTML, display

print("before \ud800 after")
display(HTML("<p>\udfff</p>"))
display({"text/\ud800": "\ud800", "text/plain": "\ud800"}, raw=True)
raise ValueError("\udc00")
