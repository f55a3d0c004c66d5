# tries: raise its own limits
# expects: all as honest
# prints: tried
# %% first
import resource

for what in ("AS", "FSIZE", "NOFILE", "CORE", "MEMLOCK", "MSGQUEUE"):
    number = getattr(resource, f"RLIMIT_{what}")
    hard = resource.getrlimit(number)[1]
    for more in (resource.RLIM_INFINITY, hard + 1):
        try:
            resource.setrlimit(number, (more, more))
            print("ESCAPED", what)
        except (OSError, ValueError):
            pass
print("tried")
