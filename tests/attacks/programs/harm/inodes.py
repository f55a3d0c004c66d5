# tries: make files without end
# expects: all as honest
# prints: stopped
# on landlock: ends; the files are counted while it runs
# %% first
import shutil
from pathlib import Path

made = 0
Path("many").mkdir()
try:
    while made < 200_000:
        Path(f"many/{made}").touch()
        made += 1
    print("ESCAPED")
except OSError:
    print("stopped")
shutil.rmtree("many")
