# tries: start threads without end
# expects: l3_svm_loss_i crashed 0; others as honest
# %% l3_svm_loss_i
import _thread
import threading
import time

threading.stack_size(32768)
lock = _thread.allocate_lock()
lock.acquire()
for _ in range(60_000):
    _thread.start_new_thread(lock.acquire, ())
print("ESCAPED")
