"""Wrong ideas as transforms of the oracle: other arguments, or something made of its result.

    changed(conv2d, stride=1)                                  # an argument replaced,
    changed(conv2d, w=lambda w: w[..., ::-1])                  # made from the old one,
    changed(output_size, n=lambda n, s: n + s - 1)             # or from several;
    then(mse, operator.neg)                                    # the result passed on,
    then(mse, lambda loss, target: loss * target.size)         # together with an argument.

Both keep the oracle's signature, so one may stand inside the other.
"""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any


def changed(oracle: Callable, /, **changes: Any) -> Callable:
    """The oracle with some of its arguments replaced.

    Args:
        oracle: a function with a readable signature.
        changes: what each argument becomes, by its name: a value, or a function that makes it.
            That function's parameters are named after arguments of the oracle. (Where the new
            value is itself a function, take `functools.partial`.)

    Raises:
        TypeError: when the oracle has no argument of a name.
    """
    parameters = signature(oracle)
    for name in changes:
        if name not in parameters.parameters:
            raise TypeError(f"{oracle} has no argument {name!r}")

    @wraps(oracle)
    def computes(*args: Any, **kwargs: Any) -> Any:
        given = parameters.bind_partial(*args, **kwargs)
        given.apply_defaults()
        new = {
            name: _asked(change, given.arguments) if callable(change) else change
            for name, change in changes.items()
        }
        given.arguments.update(new)
        return oracle(*given.args, **given.kwargs)

    return computes


def then(oracle: Callable, change: Callable, /) -> Callable:
    """The oracle, its result passed through a function.

    Args:
        oracle: a function with a readable signature.
        change: gets the result first. Its other parameters, if they have no default, are named
            after arguments of the oracle and get those.
    """
    parameters = signature(oracle)

    @wraps(oracle)
    def computes(*args: Any, **kwargs: Any) -> Any:
        given = parameters.bind(*args, **kwargs)
        given.apply_defaults()
        return _asked(change, given.arguments, oracle(*args, **kwargs))

    return computes


def _asked(function: Callable, arguments: dict[str, Any], *first: Any) -> Any:
    """What a function gives for `first` and the arguments that its other parameters name."""
    wanted = _parameters(function)[len(first) :]
    return function(*first, *(arguments[p.name] for p in wanted if p.default is Parameter.empty))


def _parameters(function: Callable) -> list[Parameter]:
    try:
        return list(signature(function).parameters.values())
    except ValueError:  # a function without a readable signature, such as some of NumPy's
        return []
