"""Add, multiply and max gates with forward and backward: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the cache as a tuple", usual=True)
class cache_as_tuple:
    class AddGate:
        def forward(self, x, y):
            self.cache = (x, y)
            return x + y

        def backward(self, dout):
            return dout, dout

    class MultiplyGate:
        def forward(self, x, y):
            self.cache = (x, y)
            return x * y

        def backward(self, dout):
            x, y = self.cache
            return dout * y, dout * x

    class MaxGate:
        def forward(self, x, y):
            self.cache = (x, y)
            return max(x, y)

        def backward(self, dout):
            x, y = self.cache
            if x > y:
                return dout, 0
            return 0, dout


@variant("local gradients kept in place of inputs")
class local_gradients_kept:
    class AddGate:
        def forward(self, x, y):
            self.local = np.array([1.0, 1.0])
            return x + y

        def backward(self, dout):
            return dout * self.local

    class MultiplyGate:
        def forward(self, x, y):
            self.local = np.array([y, x])
            return np.multiply(x, y)

        def backward(self, dout):
            return dout * self.local

    class MaxGate:
        def forward(self, x, y):
            self.local = np.array([x >= y, x < y])
            return np.maximum(x, y)

        def backward(self, dout):
            return dout * self.local


@variant("the gradient divided at a tie", of="MaxGate")
class tie_divided:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        if self.x == self.y:
            return dout / 2, dout / 2
        return (dout, 0.0) if self.x > self.y else (0.0, dout)


@variant("a comparison with the output that was kept", of="MaxGate")
class output_kept:
    def forward(self, x, y):
        self.x, self.out = x, max(x, y)
        return self.out

    def backward(self, dout):
        first = self.x == self.out
        return [dout * first, dout * (not first)]


@variant("a dict as the cache, set up in __init__", of="MultiplyGate")
class cache_as_dict:
    def __init__(self):
        self.cache = {}

    def forward(self, x, y):
        self.cache["x"], self.cache["y"] = x, y
        return y * x

    def backward(self, dout):
        dx = dout * self.cache["y"]
        dy = dout * self.cache["x"]
        return dx, dy
