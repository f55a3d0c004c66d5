# tries: find what a submission before left in the home, in /tmp or in memory
# expects: all as honest
# prints: nothing is left
# %% first
import os
import tempfile

place = tempfile.gettempdir()
left = [name for name in os.listdir(".") + os.listdir(place) if "left_by_me" in name]
print(left or "nothing is left")
open("left_by_me", "w").close()
open(f"{place}/left_by_me", "w").close()
