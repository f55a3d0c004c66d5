# tries: fork without end
# expects: all as honest
# prints: tried
# %% first
import multiprocessing
import os

for _ in range(1000):
    try:
        os.fork()
    except OSError:
        continue
    print("ESCAPED")
    break
try:
    multiprocessing.get_context("fork").Process(target=print).start()
    print("ESCAPED")
except OSError:
    pass
print("tried")
