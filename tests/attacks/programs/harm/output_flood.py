# tries: print without end
# expects: all as honest
# prints: more output was cut
# %% first
for _ in range(200_000):
    print("flood " * 20)
