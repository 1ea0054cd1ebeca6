"""Sample answers to `slope_of`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("slope_of", "forward difference")
def forward_only(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h


@wrong("slope_of", "backward difference")
def back_only(f, x, h=1e-5):
    return (f(x) - f(x - h)) / h


@wrong("slope_of", "divided by one step")
def by_one_step(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / h


@wrong("slope_of", "half of the slope")
def halved_twice(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (4 * h)


@wrong("slope_of", "not divided")
def difference_alone(f, x, h=1e-5):
    return f(x + h) - f(x - h)


@wrong("slope_of", "multiplied by the step")
def without_brackets(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2 * h


@wrong("slope_of", "backwards")
def the_wrong_way_round(f, x, h=1e-5):
    return (f(x - h) - f(x + h)) / (2 * h)


@wrong("slope_of", "h ignored")
def a_step_of_its_own(f, x, h=1e-5):
    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5


@wrong("slope_of", "half a step")
def half_a_step_each(f, x, h=1e-5):
    return (f(x + h / 2) - f(x - h / 2)) / h


@wrong("slope_of", "two steps")
def two_steps_each(f, x, h=1e-5):
    return (f(x + 2 * h) - f(x - 2 * h)) / (4 * h)


@wrong("slope_of", "the value for the slope")
def the_value(f, x, h=1e-5):
    return f(x)


@variant("slope_of")
def in_two_lines(f, x, h=1e-5):
    rise = f(x + h) - f(x - h)
    return rise / (2 * h)


@variant("slope_of")
def mean_of_both_sides(f, x, h=1e-5):
    forward = (f(x + h) - f(x)) / h
    backward = (f(x) - f(x - h)) / h
    return (forward + backward) / 2


@variant("slope_of")
def on_an_array(f, x, h=1e-5):
    right, left = (f(point) for point in np.array([x + h, x - h]))
    return float((right - left) / h / 2)


@variant("slope_of")
def as_a_numpy_number(f, x, h=1e-5):
    return np.float64(0.5) * (f(x + h) - f(x - h)) / h


@neutral("slope_of", "an array of one number")
def gives_an_array(f, x, h=1e-5):
    return np.array([(f(x + h) - f(x - h)) / (2 * h)])


@neutral("slope_of", "a text")
def gives_a_text(f, x, h=1e-5):
    return f"{(f(x + h) - f(x - h)) / (2 * h):.6f}"


@neutral("slope_of", "rounded to whole numbers")
def gives_whole_numbers(f, x, h=1e-5):
    return round((f(x + h) - f(x - h)) / (2 * h))


@neutral("slope_of", "prints and returns nothing")
def prints_it(f, x, h=1e-5):
    print((f(x + h) - f(x - h)) / (2 * h))


@neutral("slope_of", "a step that grows with x")
def relative_step(f, x, h=1e-5):
    step = h * (1.5 + abs(x))
    return (f(x + step) - f(x - step)) / (2 * step)


@neutral("slope_of", "never below zero")
def rising_only(f, x, h=1e-5):
    return abs((f(x + h) - f(x - h)) / (2 * h))
