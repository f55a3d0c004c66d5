"""Value, a small autograd: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .operations import (
    backward_pass,
    exp_of,
    larger,
    lift,
    log_of,
    minus,
    minus_from,
    negative,
    new_node,
    over,
    over_from,
    plus,
    power,
    relu_of,
    sigmoid_of,
    tanh_of,
    times,
)


@variant("local gradients kept on the node, a list in place of recursion", usual=True)
class local_gradients:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    __truediv__ = over
    __rtruediv__ = over_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass


@variant("ties divided, relu at zero half")
class tie_divided:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    __truediv__ = over
    __rtruediv__ = over_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    backward = backward_pass

    def maximum(self, other):
        other = lift(self, other)
        first = 0.5 * ((self.data > other.data) + (self.data >= other.data))
        out = max(self.data, other.data)
        return type(self)(out, (self, other), (first, 1 - first), "max")

    def relu(self):
        slope = 1.0 if self.data > 0 else 0.5 if self.data == 0 else 0.0
        return type(self)(max(0.0, self.data), (self,), (slope,), "relu")


@variant("tanh, sigmoid, relu and division built from the other operations")
class derived_functions:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    __rtruediv__ = over_from
    exp = exp_of
    log = log_of
    maximum = larger
    backward = backward_pass

    def tanh(self):
        return (self * 2).sigmoid() * 2 - 1

    def sigmoid(self):
        return ((self * -1).exp() + 1) ** -1

    def relu(self):
        return self.maximum(0)

    def __truediv__(self, other):
        other = lift(self, other)
        local = (1 / other.data, -self.data / other.data**2)
        return type(self)(self.data / other.data, (self, other), local, "/")


@variant("each node waits until all its uses have reported")
class counted_uses:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    __truediv__ = over
    __rtruediv__ = over_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger

    def backward(self):
        uses, stack = {id(self): 0}, [self]
        while stack:
            for parent in stack.pop().parents:
                if id(parent) not in uses:
                    uses[id(parent)] = 0
                    stack.append(parent)
                uses[id(parent)] += 1
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad
                uses[id(parent)] -= 1
                if not uses[id(parent)]:
                    ready.append(parent)


@variant("a recursion with a raised limit")
class raised_limit:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    __truediv__ = over
    __rtruediv__ = over_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger

    def backward(self):
        import sys

        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        before = sys.getrecursionlimit()
        sys.setrecursionlimit(100_000)
        try:
            visit(self)
        finally:
            sys.setrecursionlimit(before)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad


@variant("each node keeps a function that passes its gradient back")
class closures:
    count = 0

    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0
        self.parents = parents
        self.pass_back = lambda: None
        closures.count += 1
        self.born = closures.count

    def __add__(self, other):
        other = other if isinstance(other, closures) else closures(other)
        out = closures(self.data + other.data, (self, other))

        def pass_back():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_back = pass_back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, closures) else closures(other)
        out = closures(self.data * other.data, (self, other))

        def pass_back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_back = pass_back
        return out

    def apply(self, data, slope):
        out = closures(data, (self,))

        def pass_back():
            self.grad += slope * out.grad

        out.pass_back = pass_back
        return out

    def __pow__(self, n):
        return self.apply(self.data**n, n * self.data ** (n - 1))

    def exp(self):
        return self.apply(np.exp(self.data), np.exp(self.data))

    def log(self):
        return self.apply(np.log(self.data), 1 / self.data)

    def tanh(self):
        return self.apply(np.tanh(self.data), 1 / np.cosh(self.data) ** 2)

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        return self.apply(s, s * (1 - s))

    def relu(self):
        return self.apply(np.maximum(self.data, 0), self.data >= 0)

    def maximum(self, other):
        other = other if isinstance(other, closures) else closures(other)
        return self * (self.data > other.data) + other * (self.data <= other.data)

    def backward(self):
        found, stack = {id(self): self}, [self]
        while stack:
            for parent in stack.pop().parents:
                if id(parent) not in found:
                    found[id(parent)] = parent
                    stack.append(parent)
        self.grad = 1
        for node in sorted(found.values(), key=lambda n: n.born, reverse=True):
            node.pass_back()

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1
