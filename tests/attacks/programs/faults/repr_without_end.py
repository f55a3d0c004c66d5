# tries: show objects whose text is huge, endless, or ends the process
# expects: all as honest
# prints: before
# %% first
print("before")


class Endless:
    def __repr__(self):
        return repr(self)


class Huge:
    def __repr__(self):
        return "x" * 300_000_000

    def _repr_html_(self):
        return "<b>" * 20_000_000

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {f"application/x-{i}": "x" for i in range(100_000)}


class NoText:
    def __repr__(self):
        return 7

    def _repr_png_(self):
        raise SystemExit(0)


display(Endless())
display(NoText())
Huge()
# %% after l3_svm_loss_i
raise type("E" * 1_000_000, (Exception,), {"__str__": lambda self: "x" * 100_000_000})
