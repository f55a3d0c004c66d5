"""Add, multiply and max gates with forward and backward: misconceptions."""

from autograder.exercise import misconception


@misconception(
    "the multiply gate gives each input its own value, not the other's",
    "Let x grow by a little and keep y: by how much does the product grow?",
    of="MultiplyGate",
)
class not_switched:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return self.x * dout, self.y * dout


@misconception(
    "the multiply gate returns its local gradients, without what flows in from above",
    "The chain rule has two factors at each gate. Where do you use dout?",
    of="MultiplyGate",
)
class multiply_without_upstream:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return self.y, self.x


@misconception(
    "the multiply gate passes the gradient on unchanged, like an add gate",
    "Is the slope of a product with respect to x always one?",
    of="MultiplyGate",
)
class multiply_distributes:
    def forward(self, x, y):
        return x * y

    def backward(self, dout):
        return dout, dout


@misconception(
    "the cache of the multiply gate stands on the class, so that all gates share it",
    "Make two gates, run both forwards, then the first one backwards. "
    "Whose inputs does it use?",
    of="MultiplyGate",
)
class multiply_shares:
    x, y = 0.0, 0.0

    def forward(self, x, y):
        type(self).x, type(self).y = x, y
        return x * y

    def backward(self, dout):
        return type(self).y * dout, type(self).x * dout


@misconception(
    "the multiply gate keeps the inputs of its first call for ever",
    "When forward runs a second time, what should the cache hold?",
    of="MultiplyGate",
)
class multiply_keeps_the_first:
    def forward(self, x, y):
        if not hasattr(self, "cache"):
            self.cache = (x, y)
        return x * y

    def backward(self, dout):
        x, y = self.cache
        return y * dout, x * dout


@misconception(
    "the multiply gate multiplies by its output",
    "What did forward keep: its inputs or its result? "
    "Write down the slope of x * y with respect to x.",
    of="MultiplyGate",
)
class multiply_by_output:
    def forward(self, x, y):
        self.out = x * y
        return self.out

    def backward(self, dout):
        return self.out * dout, self.out * dout


@misconception(
    "the add gate divides the gradient between its inputs",
    "If x grows by a little, by how much does x + y grow? Half as much?",
    of="AddGate",
)
class add_halves:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout / 2, dout / 2


@misconception(
    "the add gate returns ones, without what flows in from above",
    "The chain rule has two factors at each gate. Where do you use dout?",
    of="AddGate",
)
class add_without_upstream:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return 1.0, 1.0


@misconception(
    "the add gate multiplies the gradient by the values of its inputs",
    "What is the slope of x + y with respect to x? Does it depend on x?",
    of="AddGate",
)
class add_by_inputs:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        return self.x * dout, self.y * dout


@misconception(
    "the add gate returns one gradient instead of one for each input",
    "How many inputs has the gate, and how many gradients does backward owe?",
    of="AddGate",
)
class add_returns_one:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout


@misconception(
    "the max gate sends the gradient to the smaller input",
    "Which of the two inputs decides the output? Only that one can move it.",
    of="MaxGate",
)
class max_to_the_smaller:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        return (0.0, dout) if self.x > self.y else (dout, 0.0)


@misconception(
    "the max gate sends the gradient to both inputs",
    "Let the smaller input move by a little: does the maximum move?",
    of="MaxGate",
)
class max_to_both:
    def forward(self, x, y):
        return max(x, y)

    def backward(self, dout):
        return dout, dout


@misconception(
    "the max gate returns ones and zeros, without what flows in from above",
    "A router passes on what arrives. Where do you use dout?",
    of="MaxGate",
)
class max_without_upstream:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        return (1.0, 0.0) if self.x >= self.y else (0.0, 1.0)


@misconception(
    "the max gate multiplies the gradient by the larger value",
    "Let the larger input grow by a little: by how much does the maximum grow?",
    of="MaxGate",
)
class max_by_value:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        if self.x >= self.y:
            return self.x * dout, 0.0
        return 0.0, self.y * dout


@misconception(
    "the max gate always sends the gradient to its second input",
    "In the example the second input is the larger one. What if it is not?",
    of="MaxGate",
)
class max_to_the_second:
    def forward(self, x, y):
        return max(x, y)

    def backward(self, dout):
        return 0.0, dout


@misconception(
    "the cache of the max gate stands on the class, so that all gates share it",
    "Make two gates, run both forwards, then the first one backwards. "
    "Whose inputs does it use?",
    of="MaxGate",
)
class max_shares:
    cache = []  # noqa: RUF012 - the mistake itself

    def forward(self, x, y):
        self.cache[:] = [x, y]
        return max(x, y)

    def backward(self, dout):
        x, y = self.cache
        return (dout, 0.0) if x >= y else (0.0, dout)


@misconception(
    "the max gate returns the full gradient for both inputs at a tie",
    "At a tie the inputs have to share. What do your two gradients add up to?",
    of="MaxGate",
)
class max_both_at_tie:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dout):
        return (self.x >= self.y) * dout, (self.y >= self.x) * dout


@misconception(
    "the max gate compares sizes and forgets the signs",
    "Is minus five larger than two? Compare your forward with Python's own max.",
    of="MaxGate",
)
class max_of_sizes:
    def forward(self, x, y):
        self.first = abs(x) >= abs(y)
        return x if self.first else y

    def backward(self, dout):
        return (dout, 0.0) if self.first else (0.0, dout)


@misconception(
    "the second gradient of the multiply gate starts from the first one",
    "Both gradients start from what flows in from above. What does your second line "
    "start from?",
    of="MultiplyGate",
)
class multiply_chained:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        dx = dout * self.y
        return dx, dx * self.x
