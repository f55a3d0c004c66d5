"""Value, a small autograd: misconceptions of the backward pass."""

from autograder.exercise import misconception

from .operations import (
    exp_of,
    larger,
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
    sorted_nodes,
    tanh_of,
    times,
)


@misconception(
    "gradients are assigned, not added up",
    "A value that is used twice gets a gradient from each use. "
    "Look for an = in backward.",
)
class grad_overwritten:
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
        self.grad = 1.0
        for node in reversed(sorted_nodes(self)):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad = local * node.grad


@misconception(
    "gradients are assigned, not added up",
    "A value that is used twice gets a gradient from each use. "
    "Look for an = in backward.",
)
class grad_overwritten_once_all_users_are_done:
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
        users, found = {id(self): 0}, [self]
        for node in found:
            for parent in node.parents:
                if id(parent) not in users:
                    users[id(parent)] = 0
                    found.append(parent)
                users[id(parent)] += 1
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad = local * node.grad
                users[id(parent)] -= 1
                if not users[id(parent)]:
                    ready.append(parent)


@misconception(
    "gradients are assigned, not added up",
    "A value that is used twice gets a gradient from each use. "
    "Look for an = in backward.",
)
class grad_overwritten_level_by_level:
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
        self.grad = 1.0
        queue, seen = [self], {id(self)}
        for node in queue:
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad = local * node.grad
                if id(parent) not in seen:
                    seen.add(id(parent))
                    queue.append(parent)


@misconception(
    "a node passes its gradient on before all of it has arrived",
    "A node may go on only after every node that uses it. "
    "In which order do you visit them?",
)
class first_come_first_served:
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
        self.grad = 1.0
        queue, seen = [self], {id(self)}
        for node in queue:
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad
                if id(parent) not in seen:
                    seen.add(id(parent))
                    queue.append(parent)


@misconception(
    "the nodes are visited by a function that calls itself, which fails on deep graphs",
    "Python ends a recursion after about a thousand calls. "
    "Keep a list of nodes to visit instead.",
)
class recursive:
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
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad


@misconception(
    "the gradient of the output is not set to one",
    "By how much does the output move when the output moves? "
    "Backward starts from that number.",
)
class output_without_gradient:
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
        for node in reversed(sorted_nodes(self)):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad


@misconception(
    "the local gradients are added up without the gradient of the node",
    "Each step back multiplies two factors. Which one does yours leave out?",
)
class upstream_forgotten:
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
        self.grad = 1.0
        for node in reversed(sorted_nodes(self)):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local


@misconception(
    "backward reaches the parents of the output and stops there",
    "What about the parents of the parents? Walk the whole graph.",
)
class one_step_only:
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
        self.grad = 1.0
        for parent, local in zip(self.parents, self.local_grads, strict=True):
            parent.grad += local * self.grad


@misconception(
    "backward sets earlier gradients back to zero",
    "Gradients add up over calls. What becomes of an input's gradient when a second "
    "expression uses it?",
)
class earlier_gradients_cleared:
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
        nodes = sorted_nodes(self)
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(nodes):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad


@misconception(
    "nodes that hold the same number are taken for one node",
    "Two nodes may hold the same number. How does your search tell a node that it has "
    "seen?",
)
class same_number_same_node:
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
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif node.data not in seen:
                seen.add(node.data)
                stack.append((node, True))
                stack.extend((parent, False) for parent in node.parents)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad
