# tries: meet a process outside at an abstract socket
# expects: all as honest
# prints: tried
# open: ESCAPED
# %% first
import os
import socket

try:
    one = socket.socket(socket.AF_UNIX)
    one.bind(f"\0attack-{os.getpid()}")
    one.listen()
    print("ESCAPED")
except OSError:
    pass
print("tried")
