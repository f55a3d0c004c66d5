# tries: use or pass on a descriptor that the sandbox was started with
# expects: all as honest
# prints: tried
# %% first
import os
import socket
import stat

ends = []
for number in range(3, 256):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            ends.append(number)
    except OSError:
        pass
# One channel to the grader, and nothing else: no way to the warm parent.
if len(ends) != 1:
    print("ESCAPED", ends)
one, other = socket.socketpair()
try:
    socket.send_fds(one, [b"x"], [other.fileno()])
except OSError:
    pass
for end in ends:
    try:
        if socket.socket(fileno=os.dup(end)).type == socket.SOCK_SEQPACKET:
            print("ESCAPED", end)
    except OSError:
        pass
print("tried")
