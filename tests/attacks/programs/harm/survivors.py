# tries: leave a thread behind that works on after the run
# expects: all as honest
# prints: started
# %% first
import os
import threading
import time


def work():
    while True:
        time.sleep(0.01)
        with open("/tmp/alive", "w") as file:
            file.write(str(time.time()))


if os.path.exists("/tmp/alive"):
    print("ESCAPED")
threading.Thread(target=work, daemon=False).start()
print("started")
