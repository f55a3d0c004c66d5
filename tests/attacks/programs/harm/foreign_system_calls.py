# tries: get round the filter by the calls of another architecture
# expects: l3_svm_loss_i crashed|error|wrong 0; others as honest
# %% l3_svm_loss_i
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
if os.uname().machine == "x86_64":
    for call in (41, 57, 319):
        if libc.syscall(0x40000000 | call, 2, 1, 0) >= 0:
            print("ESCAPED", call)
raise ValueError("refused")
