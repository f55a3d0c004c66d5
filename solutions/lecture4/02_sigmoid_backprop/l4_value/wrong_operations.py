"""Value, a small autograd: misconceptions of single operations."""

import numpy as np

from autograder.exercise import misconception

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


@misconception(
    "the product gives each factor its own value as local gradient",
    "Let a grow by a little: by how much does a * b grow?",
)
class product_not_switched:
    __init__ = new_node
    __add__ = __radd__ = plus
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

    def __mul__(self, other):
        other = lift(self, other)
        local = (self.data, other.data)
        return type(self)(self.data * other.data, (self, other), local, "*")

    __rmul__ = __mul__


@misconception(
    "the exponent is missing as a factor in the slope of a power",
    "What is the derivative of a cubed? Its exponent comes down as a factor.",
)
class power_without_factor:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
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

    def __pow__(self, n):
        slope = self.data ** (n - 1)
        return type(self)(self.data**n, (self,), (slope,), f"**{n}")


@misconception(
    "the exponent is not lowered by one in the slope of a power",
    "What is the derivative of a squared: a multiple of a, or of its square?",
)
class power_not_lowered:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
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

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (n * self.data**n,), f"**{n}")


@misconception(
    "both terms of a difference get a gradient of the same sign",
    "If b grows, does a - b grow or fall?",
)
class difference_like_sum:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __truediv__ = over
    __rtruediv__ = over_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def __sub__(self, other):
        other = lift(self, other)
        return type(self)(self.data - other.data, (self, other), (1.0, 1.0), "-")

    def __rsub__(self, other):
        return lift(self, other) - self


@misconception(
    "a number minus a value is computed the other way round",
    "Python calls __rsub__ for a number on the left. "
    "Which of the two is taken off there?",
)
class reversed_difference:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __truediv__ = over
    __rtruediv__ = over_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def __sub__(self, other):
        return self + lift(self, other) * -1.0

    __rsub__ = __sub__


@misconception(
    "a number divided by a value is computed the other way round",
    "Python calls __rtruediv__ for a number on the left. "
    "Which of the two is the divisor there?",
)
class reversed_quotient:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def __truediv__(self, other):
        return self * lift(self, other) ** -1.0

    __rtruediv__ = __truediv__


@misconception(
    "a number may stand on the right of a value, but not on its left",
    "For a number on the left Python looks for the methods whose names begin with "
    "__r. Do you have them?",
)
class no_number_on_the_left:
    __init__ = new_node
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __truediv__ = over
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    __add__ = plus
    __mul__ = times


@misconception(
    "the divisor gets a gradient of the wrong sign",
    "If the divisor grows, does the quotient grow or fall?",
)
class quotient_sign:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    exp = exp_of
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def __truediv__(self, other):
        other = lift(self, other)
        local = (1 / other.data, self.data / other.data**2)
        return type(self)(self.data / other.data, (self, other), local, "/")

    def __rtruediv__(self, other):
        return lift(self, other) / self


@misconception(
    "the exponential is differentiated by the rule for powers",
    "In exp(a) the variable is the exponent, not the base. What is its derivative?",
)
class exp_by_power_rule:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
    __pow__ = power
    __neg__ = negative
    __sub__ = minus
    __rsub__ = minus_from
    __truediv__ = over
    __rtruediv__ = over_from
    log = log_of
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def exp(self):
        slope = self.data * np.exp(self.data - 1)
        return type(self)(np.exp(self.data), (self,), (slope,), "exp")


@misconception(
    "the slope of the logarithm is taken as one over its output",
    "Is the derivative of log(a) one over a, or one over log(a)?",
)
class log_by_output:
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
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def log(self):
        out = np.log(self.data)
        return type(self)(out, (self,), (1 / out,), "log")


@misconception(
    "the logarithm has base ten",
    "This course takes natural logarithms. Which function gives them?",
)
class log_base_ten:
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
    tanh = tanh_of
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def log(self):
        slope = 1 / (self.data * np.log(10))
        return type(self)(np.log10(self.data), (self,), (slope,), "log")


@misconception(
    "the square is missing in the slope of tanh",
    "Test the slope at a negative input: can it be larger than one?",
)
class tanh_without_square:
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
    sigmoid = sigmoid_of
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def tanh(self):
        out = np.tanh(self.data)
        return type(self)(out, (self,), (1 - out,), "tanh")


@misconception(
    "the slope of the sigmoid is computed from its input",
    "In (1 - s) s, is s the input or the output of the gate?",
)
class sigmoid_slope_of_input:
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
    relu = relu_of
    maximum = larger
    backward = backward_pass

    def sigmoid(self):
        a = self.data
        return type(self)(1 / (1 + np.exp(-a)), (self,), ((1 - a) * a,), "sigmoid")


@misconception(
    "relu passes the gradient back for negative inputs too",
    "Where relu is flat its slope is zero. "
    "Does your backward know the sign of the input?",
)
class relu_lets_all_back:
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
    maximum = larger
    backward = backward_pass

    def relu(self):
        return type(self)(max(0.0, self.data), (self,), (1.0,), "relu")


@misconception(
    "maximum passes the gradient to both of its operands",
    "Let the smaller operand move by a little: does the maximum move?",
)
class maximum_to_both:
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
    backward = backward_pass

    def maximum(self, other):
        other = lift(self, other)
        out = max(self.data, other.data)
        return type(self)(out, (self, other), (1.0, 1.0), "max")


@misconception(
    "the one is taken off the power, not off the exponent",
    "Python works out a power before a difference. From what is the one taken off in "
    "your line?",
)
class power_less_one:
    __init__ = new_node
    __add__ = __radd__ = plus
    __mul__ = __rmul__ = times
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

    def __pow__(self, n):
        local = (n * self.data**n - 1,)
        return type(self)(self.data**n, (self,), local, f"**{n}")
