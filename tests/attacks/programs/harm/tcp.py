# tries: open a TCP connection, to the host and to the world
# expects: all as honest
# prints: tried
# open: ESCAPED
# %% first
import socket

for place in (("127.0.0.1", 22), ("10.0.0.1", 53), ("192.0.2.1", 80)):
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
        print("ESCAPED", place)
    except OSError:
        pass
print("tried")
