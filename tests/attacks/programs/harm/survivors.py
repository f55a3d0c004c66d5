# tries: leave a thread behind that works on after the run
# expects: all as honest
# prints: started
# %% first
import os
import tempfile
import threading
import time

place = f"{tempfile.gettempdir()}/alive"


def work():
    while True:
        time.sleep(0.01)
        with open(place, "w") as file:
            file.write(str(time.time()))


if os.path.exists(place):
    print("ESCAPED")
threading.Thread(target=work, daemon=False).start()
print("started")
