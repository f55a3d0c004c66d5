"""How exactly a number is compared, where it is not as exactly as by default."""

SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow
CHAIN_RULE = {"rtol": 1e-12, "atol": 1e-12}  # too exact for finite differences
