"""The sigmoid circuit, gate by gate: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .passes import forward_values, inputs_from_sum


@variant("gate by gate, with names", usual=True)
def gate_by_gate(w, x):
    w0, w1, w2 = w
    x0, x1 = x
    p0 = w0 * x0
    p1 = w1 * x1
    a = p0 + p1
    s = a + w2
    n = -1 * s
    e = np.exp(n)
    d = 1 + e
    f = 1 / d
    df = 1.0
    dd = -1 / d**2 * df
    de = 1.0 * dd
    dn = e * de
    ds = -1 * dn
    da, dw2 = ds, ds
    dp0, dp1 = da, da
    dw0, dx0 = x0 * dp0, w0 * dp0
    dw1, dx1 = x1 * dp1, w1 * dp1
    values = dict(
        w0=w0, x0=x0, w1=w1, x1=x1, w2=w2, p0=p0, p1=p1, a=a, s=s, n=n, e=e, d=d, f=f
    )
    grads = dict(
        w0=dw0, x0=dx0, w1=dw1, x1=dx1, w2=dw2, p0=dp0, p1=dp1, a=da, s=ds, n=dn
    )
    grads.update(e=de, d=dd, f=df)
    return f, values, grads


@variant("the values by one helper, the slope by f (1 - f)")
def by_output(w, x):
    v = forward_values(w, x)
    f = v["f"]
    g = {"f": 1.0, "d": -(f**2), "e": -(f**2), "n": -f * (1 - f), "s": f * (1 - f)}
    return f, v, inputs_from_sum(v, g)


@variant("a loop backwards over a table of gates")
def table_of_gates(w, x):
    v = forward_values(w, x)
    slopes = [
        ("f", "d", -1 / v["d"] ** 2),
        ("d", "e", 1.0),
        ("e", "n", v["e"]),
        ("n", "s", -1.0),
        ("s", "a", 1.0),
        ("s", "w2", 1.0),
        ("a", "p0", 1.0),
        ("a", "p1", 1.0),
        ("p0", "w0", v["x0"]),
        ("p0", "x0", v["w0"]),
        ("p1", "w1", v["x1"]),
        ("p1", "x1", v["w1"]),
    ]
    g = dict.fromkeys(v, 0.0)
    g["f"] = 1.0
    for out, into, slope in slopes:
        g[into] += slope * g[out]
    return v["f"], v, g


@variant("0-d arrays and a further name")
def zero_d(w, x):
    v = {name: np.asarray(value) for name, value in forward_values(w, x).items()}
    slope = v["e"] * v["f"] ** 2
    g = {"f": 1, "d": -(v["f"] ** 2), "e": -(v["f"] ** 2), "n": -slope, "s": slope}
    v["output"] = v["f"]
    return v["f"], v, inputs_from_sum(v, g)


@variant("a list, and Python floats")
def as_list(w, x):
    w, x = [float(v) for v in w], [float(v) for v in x]
    v = forward_values(w, x)
    v = {name: float(value) for name, value in v.items()}
    g = {"f": 1.0, "d": -(v["d"] ** -2), "e": -(v["d"] ** -2)}
    g["n"] = v["e"] * g["e"]
    g["s"] = -g["n"]
    return [v["f"], v, inputs_from_sum(v, g)]
