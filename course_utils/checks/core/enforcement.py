"""Lets what an exercise forbids refuse to work while a student's function runs.

A look at an answer (`reach`) says what it names and holds. What it finds while it runs is refused
here: forbidden modules give nothing to the student's code, are not imported, PyTorch's functions
see who calls them, and the forbidden names of the notebook stand for nothing. Libraries that are
allowed may go on using what they need. It works in this process, in the notebook as in the
grader's sandbox: code that rewrites the interpreter it runs in is not held back by it.
"""

import contextlib
import functools
import importlib.machinery
import inspect
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self

from course_utils.checks.core.reach import full_name
from course_utils.checks.core.students_code import COURSE, PYTHON, origin

_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile")
"""What Python tells its audit hooks of when another program is started."""


class Breach(BaseException):
    """A student's function has used what is forbidden; the text is its name among those forbidden.

    Nothing that a student or a law of a check catches stops it.
    """


class Enforcement:
    """While entered, the calls made through it cannot use what is forbidden.

    Args:
        names: packages, and full names of functions.
        namespaces: where the student's code finds its names.

    Attributes:
        names: as given.
        breach: the one that was used first; empty as long as none was.
    """

    def __init__(self, names: Sequence[str], namespaces: Sequence[dict[str, Any]] = ()) -> None:
        self.names = tuple(names)
        self._functions = {name: found for name in names if (found := _function(name))}
        packages = [name for name in names if "." not in name or name in sys.modules]
        self._packages = {name.partition(".")[0]: name for name in packages}
        self._namespaces = namespaces
        self._found: list[dict[str, Any]] = []
        self._torch: contextlib.AbstractContextManager = contextlib.nullcontext()
        self.breach = ""
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Self:
        _listen()
        with contextlib.ExitStack() as undo:
            undo.enter_context(_all_closed(_modules(tuple(self._packages), len(sys.modules))))
            for name, function in self._functions.items():
                undo.enter_context(_closed(name, function))
            self._found = [self._found_in(namespace) for namespace in self._namespaces]
            finder = _Finder()
            sys.meta_path.insert(0, finder)
            undo.callback(sys.meta_path.remove, finder)
            self._torch = self._watching_torch()
            self._undo = undo.pop_all()
        return self

    def __exit__(self, *raised: object) -> None:
        self._undo.close()

    def call(self, function: Callable, *args: Any, **kwargs: Any) -> Any:
        """Call a function.

        Raises:
            Breach: when it has used what is forbidden, whatever came of that.
        """
        _active.append(self)
        try:
            if not any(self._found):
                with self._torch:
                    return function(*args, **kwargs)
            with self._hidden(), self._torch:
                return function(*args, **kwargs)
        finally:
            _active.pop()
            if self.breach:
                raise Breach(self.breach) from None

    def refuse(self, used: str, frame: types.FrameType | None, error: type[Exception]) -> None:
        """Let a use end with an error if it is the student's.

        Args:
            used: the full name of what is used.
            frame: which uses it.
            error: the type.
        """
        name = self._forbidden(used)
        if name and frame is not None and _is_students(frame, used.partition(".")[0]):
            if error is not AttributeError or origin(frame.f_code.co_filename) != PYTHON:
                self.breach = self.breach or name  # else Python looks through all modules
            raise error(f"{name} is not allowed here")

    def _forbidden(self, used: str) -> str:
        """The forbidden name under which something falls; or nothing."""
        package = self._packages.get(used.partition(".")[0], "")
        name = used if used in self._functions else package
        return name if name and f"{used}.".startswith(f"{name}.") else ""

    def _watching_torch(self) -> contextlib.AbstractContextManager:
        if "torch" in self._packages and "torch" in sys.modules:
            return _torch_watch()
        return contextlib.nullcontext()

    def _found_in(self, namespace: dict[str, Any]) -> dict[str, Any]:
        """What forbidden packages gave the student, under whatever name, modules aside."""
        return {
            name: value
            for name, value in list(namespace.items())
            if not isinstance(value, types.ModuleType) and self._forbidden(full_name(value))
        }

    @contextlib.contextmanager
    def _hidden(self) -> Iterator[None]:
        """The names under which a notebook has something forbidden stand for nothing."""
        stand_ins = [{k: _Hidden(v) for k, v in each.items()} for each in self._found]
        for namespace, hidden in zip(self._namespaces, stand_ins, strict=True):
            namespace.update(hidden)
        try:
            yield
        finally:
            for place, namespace in enumerate(self._namespaces):
                for name, stand_in in stand_ins[place].items():
                    if namespace.get(name) is stand_in:
                        namespace[name] = self._found[place][name]


def namespaces(answers: Iterable[Any]) -> list[dict[str, Any]]:
    """Where functions of the notebook, or of a module of the student's, find their names."""
    found = [vars(sys.modules["__main__"])]
    for answer in answers:
        names = getattr(answer, "__globals__", None) if type(answer) is types.FunctionType else None
        if names is not None and all(names is not each for each in found):
            found.append(names)
    return found


_active: list[Enforcement] = []
"""Those that make a call now, the innermost last."""


def _ask(used: str, frame: types.FrameType | None, error: type[Exception]) -> None:
    """Let a use of something forbidden end with an error, where it is one."""
    for enforcement in _active:
        enforcement.refuse(used, frame, error)


def _is_students(frame: types.FrameType | None, package: str) -> bool:
    """Whether the student's code is behind a use of a package.

    That is so when it uses the package itself, or through Python's library, NumPy or the package,
    and not when a library does that may go on using it.
    """
    through: tuple[str, ...] = (PYTHON, "numpy", package)
    if package == COURSE:
        through = (PYTHON,)
    elif package in sys.stdlib_module_names:
        through = ()
    while frame is not None and frame.f_code is not Enforcement.call.__code__:
        where = origin(frame.f_code.co_filename)
        if where not in through:
            return not where
        frame = frame.f_back
    return False


_plain = types.ModuleType.__getattribute__


class _Closed(types.ModuleType):
    """A forbidden module: what the student's code asks it for is refused."""

    def __getattribute__(self, name: str) -> Any:
        if _active and (not name.startswith("__") or name == "__dict__"):
            _ask(_plain(self, "__name__"), sys._getframe(1), AttributeError)
        return _plain(self, name)


class _Hidden:
    """Stands for a forbidden object among the student's names."""

    def __init__(self, hidden: Any) -> None:
        self.__hidden = hidden

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        _ask(full_name(self.__hidden), sys._getframe(1), RuntimeError)
        return self.__hidden(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        _ask(full_name(self.__hidden), sys._getframe(1), RuntimeError)
        return getattr(self.__hidden, name)


class _Finder:
    """Is asked first for a module that is not loaded yet."""

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Refuse a forbidden one to the student's code; leave all others to the next finder."""
        _ask(name, sys._getframe(1), ImportError)
        return None


@functools.cache
def _torch_watch() -> contextlib.AbstractContextManager:
    """A mode in which PyTorch's functions, by whatever name they are called, ask who calls them."""
    from torch.overrides import TorchFunctionMode

    class Watch(TorchFunctionMode):
        def __torch_function__(
            self, func: Callable, types: object, args: tuple = (), kwargs: dict | None = None
        ) -> Any:
            _ask("torch", sys._getframe(1), RuntimeError)
            return func(*args, **(kwargs or {}))

    return Watch()


@contextlib.contextmanager
def _all_closed(modules: list[types.ModuleType]) -> Iterator[None]:
    """Modules that refuse to be used by the student's code."""
    if any(type(module) is _Closed for module in modules):  # by a check in whose call this one is
        modules = [module for module in modules if type(module) is not _Closed]
    try:
        for module in modules:
            module.__class__ = _Closed
        yield
    finally:
        for module in modules:
            module.__class__ = types.ModuleType


@functools.lru_cache(maxsize=16)  # every check asks again
def _modules(packages: tuple[str, ...], count: int) -> list[types.ModuleType]:
    """The loaded modules of these packages; `count` is how many modules there are.

    Of PyTorch, which has 800 of them, the outer ones do: it shows each of its functions that runs.
    """
    return [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in packages
        and type(module) in (types.ModuleType, _Closed)
        and (not name.startswith("torch.") or name.count(".") == 1)
    ]


def _function(name: str) -> types.FunctionType | None:
    """The function of this full name, if it is one of Python code.

    Those of Python's own library are not closed: some look at the frames around them.
    """
    owner, _, own = name.rpartition(".")
    if owner.partition(".")[0] in sys.stdlib_module_names:
        return None
    named = getattr(sys.modules.get(owner), own, None)
    found = inspect.unwrap(named) if callable(named) else None
    is_plain = type(found) is types.FunctionType and not found.__closure__
    return found if is_plain else None


@contextlib.contextmanager
def _closed(name: str, function: types.FunctionType) -> Iterator[None]:
    """A function whose code asks first who calls it, whatever name it is called by."""
    code = function.__code__
    if name in _opened:  # it is closed already
        yield
        return
    _opened[name] = types.FunctionType(code, function.__globals__, name, function.__defaults__)
    _opened[name].__kwdefaults__ = function.__kwdefaults__
    stand_in = _stand_in.__code__
    known = {"CALLED": _called, "NAME": name}
    constants = tuple(known.get(c, c) for c in stand_in.co_consts)
    function.__code__ = stand_in.replace(co_consts=constants)
    try:
        yield
    finally:
        function.__code__ = code
        del _opened[name]


_opened: dict[str, types.FunctionType] = {}
"""What closed functions did before."""


def _stand_in(*args: Any, **kwargs: Any) -> Any:
    called: Any = "CALLED"  # put in by `_closed`: this code runs where it sees no name of ours
    return called("NAME", args, kwargs)


def _called(name: str, args: tuple, kwargs: dict[str, Any]) -> Any:
    _ask(name, sys._getframe(2), RuntimeError)
    return _opened[name](*args, **kwargs)


@functools.cache
def _listen() -> None:
    """Hear from now on when a program is started."""

    def hear(event: str, args: tuple) -> None:
        if event in _PROGRAMS and _active:
            frame: types.FrameType | None = sys._getframe(1)
            while frame is not None and origin(frame.f_code.co_filename) == PYTHON:
                frame = frame.f_back
            _ask("subprocess", frame, RuntimeError)

    sys.addaudithook(hear)
