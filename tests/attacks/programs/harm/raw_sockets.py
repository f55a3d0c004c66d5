# tries: open raw, packet and netlink sockets
# expects: all as honest
# prints: tried
# open: ESCAPED
# %% first
import socket

kinds = [(socket.AF_INET, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW)]
for kind in [*kinds, (socket.AF_NETLINK, socket.SOCK_RAW)]:
    try:
        socket.socket(*kind).close()
        print("ESCAPED", kind)
    except OSError:
        pass
print("tried")
