# tries: find what a submission before left in the home, in /tmp or in memory
# expects: all as honest
# prints: nothing is left
# %% first
import os

left = [name for name in os.listdir(".") + os.listdir("/tmp") if "left" in name]
print(left or "nothing is left")
open("left_by_me", "w").close()
open("/tmp/left_by_me", "w").close()
