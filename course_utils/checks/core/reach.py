"""What an answer reaches: the full names of all that its code uses, whatever it is called there.

A name is what it stands for while the function runs: an alias in a dictionary, a default, a
closure, a `partial`, a method of an object are looked through. Libraries are named, not looked
into.
"""

import builtins
import collections
import contextlib
import dis
import functools
import gc
import inspect
import io
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.machinery import EXTENSION_SUFFIXES
from typing import Any, NamedTuple

import numpy as np

from course_utils.checks.core.students_code import is_library

_LOADS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
_LOADS_CELL = ("LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF")
_LOADS_ATTRIBUTE = ("LOAD_ATTR", "LOAD_METHOD")

_WRAPPERS = (
    *(functools.partial, functools.partialmethod, functools.cached_property, types.MethodType),
    *(staticmethod, classmethod, property, type(functools.lru_cache(len)), np.ufunc),
    np.vectorize,
)
"""What does nothing but call what it holds."""

_HOLDERS: tuple[type, ...] = (
    *(dict, list, tuple, set, frozenset, collections.deque, types.SimpleNamespace),
    *(types.MappingProxyType, types.CellType, types.GeneratorType, map, filter, zip, enumerate),
    *(type({}.values()), type({}.items()), type(iter([])), type(iter(()))),
)
"""What holds values of which any may be used."""

_ONLY_ONCE = ("__init__", "__new__", "__init_subclass__", "__class_getitem__")
"""Methods that have nothing to do with calls of an object."""

_IS_IMMUTABLE = 1 << 8
"""Of the flags of a class: those of compiled code mostly."""

AT_MOST = 20_000
"""Values that are looked at."""


class Use(NamedTuple):
    """A name that an answer uses, and the line of the function that uses it (0: none does)."""

    name: str
    line: int


@dataclass(frozen=True, eq=False)
class Definition:
    """The text of a function or class, and what the names mean that it sees."""

    source: str
    scope: Mapping[str, Any]


@dataclass(frozen=True)
class _Chain:
    """A name in a function's code with the attributes that follow it: `np.linalg.norm`."""

    base: str
    attributes: tuple[str, ...]
    line: int
    kind: str
    """`name`, `cell` or `import`."""


def reached(answer: Any) -> Iterator[Use]:
    """All that an answer uses, itself, through its own helpers or through what it holds."""
    return _Walk().uses(answer)


def written(definition: Definition) -> Iterator[Use]:
    """All that the text of a function or class uses, as far as a text tells."""
    todo, seen = [definition], set()
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        for code in _functions_in(compile(current.source, "answer", "exec")):
            for chain in _chains(code):
                for name, value in _resolved(chain, current.scope.get):
                    if isinstance(value, Definition):
                        todo.append(value)
                    else:
                        yield Use(name, chain.line)


def _functions_in(code: types.CodeType) -> Iterator[types.CodeType]:
    """The outermost functions in the code of a module or class."""
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            is_function = each.co_flags & inspect.CO_OPTIMIZED
            yield from [each] if is_function else _functions_in(each)


class _Walk:
    """Follows an answer's references from object to object.

    What an answer names is used for certain. What lies in a container may be, or not: of that only
    libraries' objects are named, and no helper is looked into (see `enforcement` for what runs).
    """

    def __init__(self) -> None:
        self._todo: list[tuple[Any, int, bool]] = []
        self._seen: dict[int, Any] = {}
        self._certain: set[int] = set()
        self._attributes: set[str] = set()
        self._owners: list[dict[str, Any]] = []

    def uses(self, answer: Any) -> Iterator[Use]:
        """Everything, the answer itself first."""
        if isinstance(answer, type):
            self._class(answer, everything=True)
        self._add(answer)
        while self._todo and len(self._seen) < AT_MOST:
            value, line, certain = self._todo.pop()
            with contextlib.suppress(Exception):  # of an object that lets nobody look at it
                if certain or not _shows_that_it_runs(value):
                    yield Use(full_name(value), line)
                yield from self._into(value, line, certain)
            if not self._todo:
                self._add_members()

    def _add(self, value: Any, line: int = 0, certain: bool = True) -> None:
        known = id(value) in self._seen
        if known and (not certain or id(value) in self._certain):
            return
        self._seen[id(value)] = value  # kept, so that no other takes its `id`
        if certain:
            self._certain.add(id(value))
        self._todo.append((value, line, certain))

    def _into(self, value: Any, line: int, certain: bool) -> Iterator[Use]:
        kind = type(value)
        inside: Iterable[Any] = ()
        inside_certain = certain
        if _is_own_class(kind):
            inside, inside_certain = gc.get_referents(value), False
            if certain:
                self._class(kind, without=_ONLY_ONCE)
                self._owners.append(_members(value))
        elif kind is types.FunctionType:
            if not is_library(value.__code__.co_filename):
                yield from self._function(value, certain)
        elif issubclass(kind, types.ModuleType):
            if certain and _is_own_module(value):
                self._owners.append(vars(value))
        elif issubclass(kind, type):
            if certain and _is_own_class(value):
                self._class(value)
        elif kind in _WRAPPERS:
            inside = gc.get_referents(value)
        elif issubclass(kind, _HOLDERS):
            if not (kind is dict and "__builtins__" in value):  # a module's names
                inside, inside_certain = gc.get_referents(value), False
        elif issubclass(kind, np.ndarray) and value.dtype.hasobject:
            inside, inside_certain = value.ravel().tolist(), False
        for each in inside:
            self._add(each, line, inside_certain)

    def _function(self, function: types.FunctionType, certain: bool) -> Iterator[Use]:
        cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
        closure = {name: _content(cell) for name, cell in cells}
        defaults = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
        for value in (*closure.values(), *defaults):
            self._add(value, 0, certain)
        if not certain:
            return
        self._owners.append(vars(function))

        def find(name: str) -> Any:
            return closure[name] if name in closure else function.__globals__.get(name)

        for chain in _chains(function.__code__):
            self._attributes.update(chain.attributes)
            for name, value in _resolved(chain, find):
                yield Use(name, chain.line)
                self._add(value, chain.line)

    def _class(
        self, kind: type, without: tuple[str, ...] = (), *, everything: bool = False
    ) -> None:
        """A class of the student's: what is asked for by name somewhere, and special methods.

        A library that it inherits from may call any of its methods.
        """
        own = [each for each in kind.__mro__ if _is_own_class(each)]
        everything = everything or len(own) < len(kind.__mro__) - 1
        for each in own:
            members = {name: v for name, v in vars(each).items() if name not in without}
            self._owners.append(members)
            for name, member in members.items():
                is_method = isinstance(member, (types.FunctionType, *_WRAPPERS))
                if is_method and (everything or name.startswith("__")):
                    self._add(member)
        if _is_own_class(type(kind)):
            self._add(type(kind))

    def _add_members(self) -> None:
        """What some code asks for by name of the classes, objects and modules of the student."""
        for members in self._owners:
            for name in self._attributes.intersection(members):
                self._add(members[name])


def _members(value: Any) -> dict[str, Any]:
    try:
        return object.__getattribute__(value, "__dict__")
    except AttributeError:  # it has slots
        return {}


def _content(cell: types.CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # still empty
        return None


@functools.lru_cache(maxsize=512)  # every check asks again
def _chains(code: types.CodeType) -> tuple[_Chain, ...]:
    """What a function's code, and that of functions in it, takes from outside.

    A variable that an inner function shares with the outer one is not from outside.
    """
    first, found = code.co_firstlineno, list[_Chain]()
    todo = [(code, frozenset(code.co_freevars))]
    while todo:
        current, shared = todo.pop()
        free = shared.difference(current.co_cellvars)
        todo += [(each, free) for each in current.co_consts if isinstance(each, types.CodeType)]
        module, chain = "", None
        for instruction in dis.get_instructions(current):
            name, operation = instruction.argval, instruction.opname
            place = instruction.positions or dis.Positions()
            line = max((place.lineno or first) - first + 1, 1)
            if operation in _LOADS_ATTRIBUTE and chain is not None:
                chain = _Chain(chain.base, (*chain.attributes, name), line, chain.kind)
                found[-1] = chain
            elif operation in _LOADS or (operation in _LOADS_CELL and name in free):
                chain = _Chain(name, (), line, "name" if operation in _LOADS else "cell")
                found.append(chain)
            elif operation == "IMPORT_NAME":
                module, chain = name, None
                found.append(_Chain(module, (), line, "import"))
            elif operation == "IMPORT_FROM":
                found.append(_Chain(f"{module}.{name}", (), line, "import"))
            elif operation in _LOADS_ATTRIBUTE:
                found.append(_Chain("", (name,), line, "name"))
            elif operation != "EXTENDED_ARG":
                chain = None
    return tuple(found)


def _resolved(chain: _Chain, find: Callable[[str], Any]) -> Iterator[tuple[str, Any]]:
    """The full names that a chain stands for, and the values where they can be had."""
    if chain.kind == "import":
        yield chain.base, sys.modules.get(chain.base)
        return
    value = find(chain.base)
    if value is None and chain.kind == "name":
        value = vars(builtins).get(chain.base)
    if value is not None:
        yield full_name(value), value
    for attribute in chain.attributes:
        is_library_object = isinstance(value, types.ModuleType | type) and not _is_own_class(value)
        if not is_library_object:
            return
        dotted = f"{full_name(value)}.{attribute}"
        value = attribute_or_none(value, attribute)
        yield dotted, value
        if value is not None:
            yield full_name(value), value


def attribute_or_none(value: Any, name: str) -> Any:
    """An attribute, or None: libraries raise whatever they like where there is none."""
    try:
        return getattr(value, name, None)
    except Exception:
        return None


def full_name(value: Any) -> str:
    """`numpy.pad`, whatever it is called; of an object that has no name, its type's."""
    kind = type(value)
    if issubclass(kind, types.ModuleType):
        return str(value.__name__)
    if issubclass(kind, io.IOBase) and not _is_own_class(kind):
        return "io.IOBase"  # `sys.stderr`, of whatever kind it is in a notebook and in the grader
    name = None if _is_own_class(kind) else attribute_or_none(value, "__name__")
    if not isinstance(name, str):
        return f"{kind.__module__}.{kind.__name__}"
    module = attribute_or_none(value, "__module__")
    if not isinstance(module, str):
        owner = attribute_or_none(value, "__objclass__") or attribute_or_none(value, "__self__")
        is_named = isinstance(owner, type | types.ModuleType)
        module = full_name(owner) if is_named else _home(value, name)
    return f"{module}.{name}"


def _home(value: Any, name: str) -> str:
    """The module that has a compiled function which does not say where it is from.

    Others may have imported it: a compiled module is its own.
    """
    if getattr(np, name, None) is value:
        return "numpy"
    found = [
        (not path.endswith(tuple(EXTENSION_SUFFIXES)), module.__name__)
        for module in list(sys.modules.values())
        if issubclass(type(module), types.ModuleType)
        and vars(module).get(name) is value
        and isinstance(path := getattr(module, "__file__", None), str)
        and is_library(path)
    ]
    return min(found)[1] if found else type(value).__module__


def _shows_that_it_runs(value: Any) -> bool:
    """Whether this is a function of PyTorch, which is seen when it runs: it may stay unused."""
    is_function = isinstance(value, types.FunctionType | types.BuiltinFunctionType)
    return is_function and full_name(value).partition(".")[0] == "torch"


def _is_own_module(module: types.ModuleType) -> bool:
    path = getattr(module, "__file__", None)
    return isinstance(path, str) and not is_library(path)


def _is_own_class(kind: Any) -> bool:
    """Whether this is a class that the student wrote, in a cell or in a module of theirs."""
    if not isinstance(kind, type) or kind.__flags__ & _IS_IMMUTABLE:
        return False
    module = sys.modules.get(kind.__module__)
    if module is None or kind.__module__ == "__main__" or _is_own_module(module):
        return True
    methods = (each for each in vars(kind).values() if type(each) is types.FunctionType)
    return any(not is_library(method.__code__.co_filename) for method in methods)
