# tries: send a datagram
# expects: all as honest
# prints: tried
# open: ESCAPED
# %% first
import socket

try:
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind(("127.0.0.1", 0))
    one.sendto(b"x", one.getsockname())
    print("ESCAPED")
except OSError:
    pass
print("tried")
