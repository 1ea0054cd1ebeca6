"""IPython without a kernel: runs the cells of a submission and records what they show."""

import builtins
import inspect
import io
import operator
import os
import random
import re
import sys
from types import FunctionType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

CUT = "\n… (more was printed)\n"

_INSTALLS = re.compile(r"\b(pip3?|conda|mamba|micromamba|uv|apt|apt-get)\b.*\b(install|update)\b")

SHARED = (
    *("builtins", "math", "random", "numpy", "numpy.linalg", "numpy.random", "numpy.fft"),
    *("torch", "torch.nn", "torch.nn.functional", "torch.autograd", "torch.linalg"),
    *("scipy.signal", "scipy.special", "scipy.ndimage"),
)
"""Modules in which one exercise's cell must not spoil another's."""

RULES = ("reach", "enforcement", "rules", "students_code")
"""Modules of `checks.core` that keep an answer to its rules, and which a cell must not change."""


class Outputs:
    """The outputs of one cell as nbformat has them, at most `limit` characters of them."""

    def __init__(self, limit: int) -> None:
        self.items: list[dict] = []
        self._left = limit

    def stream(self, name: str, text: str) -> None:
        """Add text on stdout or stderr."""
        if self._left <= 0:
            return
        if len(text) > self._left:
            text = text[: self._left] + CUT
        self._left -= len(text)
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.items.append({"output_type": "stream", "name": name, "text": text})

    def add(self, output: dict) -> None:
        """Add another output; one that is too large is left out."""
        size = len(repr(output))
        if size > self._left:
            self.stream("stderr", "(an output was too large to be kept)\n")
            return
        self._left -= size
        self.items.append(output)


class Stream(io.TextIOBase):
    """A stdout or stderr that is recorded."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.outputs = Outputs(0)

    def write(self, text: str) -> int:
        """Record a text."""
        self.outputs.stream(self._name, str(text).encode("utf-8", "replace").decode("utf-8"))
        return len(text)

    def writable(self) -> bool:
        """Say that it can be written to, always."""
        return True


class _Hook(DisplayHook):
    """The value of a cell's last line."""

    shell: Any

    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        self.shell.recorded.add(
            {
                "output_type": "execute_result",
                "data": _texts(format_dict),
                "metadata": {},
                "execution_count": self.shell.execution_count,
            }
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):
    """What `display` shows, figures above all."""

    def publish(
        self, data: dict, metadata: dict | None = None, source: Any = None, **kwargs: Any
    ) -> None:
        self.shell.recorded.add(
            {"output_type": "display_data", "data": _texts(data), "metadata": {}}
        )

    def clear_output(self, wait: bool = False) -> None: ...


class Shell(InteractiveShell):
    """An interactive shell whose outputs are recorded."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **kwargs: Any) -> None:
        self.recorded = Outputs(0)
        config = Config()
        config.HistoryManager.enabled = False
        config.HistoryManager.hist_file = ":memory:"
        super().__init__(config=config, **kwargs)
        builtins.input = _no_input
        self._before = [(holder, _entries(holder), _public(holder)) for holder in _holders()]
        rules = [holder for name in RULES for holder in _with_classes(name)]
        self._before += [(holder, _entries(holder), dict(vars(holder))) for holder in rules]
        self._code = [(each, each.__code__) for holder in rules for each in _functions(holder)]
        # As in a notebook, figures are shown when their cell ends.
        self.enable_matplotlib("inline")

    def init_io(self) -> None: ...

    def enable_gui(self, gui: str | None = None) -> None: ...

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """Show figures in the notebook, whatever a cell asks for: here are no windows."""
        return super().enable_matplotlib("inline")

    def system(self, cmd: str) -> None:
        """Run a line of a shell; what installs packages is left out, for it needs a network."""
        if _INSTALLS.search(cmd):
            print("(packages are not installed while a notebook is graded)")
        else:
            super().system_piped(cmd)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        text = [_text(str(line)[:4000]) for line in stb][-60:]
        try:
            said = _text(str(evalue)[:2000])
        except Exception:
            said = ""
        self.recorded.add(
            {
                "output_type": "error",
                "ename": etype.__name__[:80],
                "evalue": said,
                "traceback": text,
            }
        )

    def run(self, source: str, limit: int) -> list[dict]:
        """Run a cell.

        Args:
            source: its code.
            limit: how many characters of its outputs are kept.

        Returns:
            Its outputs, as nbformat has them; an error is the last.
        """
        self.recorded = outputs = Outputs(limit)
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
        sys.stdout.outputs = sys.stderr.outputs = outputs
        try:
            self.run_cell(source, store_history=True)
        except BaseException as error:  # what the student's hooks let through, SystemExit included
            self._showtraceback(type(error), error, [])
        finally:
            sys.stdout, sys.stderr = kept
            self._restore()
        return outputs.items

    def _restore(self) -> None:
        """Put back what the cell has replaced in modules and classes that other exercises use."""
        for holder, (names, values), before in self._before:
            now = vars(holder)
            if list(now) == names and all(map(operator.is_, now.values(), values)):
                continue
            for name, value in before.items():
                if now.get(name) is not value:
                    setattr(holder, name, value)
            for name in _covering(holder, before):
                delattr(holder, name)
        for function, code in self._code:
            if function.__code__ is not code:
                function.__code__ = code


def _holders() -> list[Any]:
    """The modules that everybody shares, and PyTorch's tensors and layers."""
    holders: list[Any] = [sys.modules[name] for name in SHARED if name in sys.modules]
    if "torch" in sys.modules:
        torch = sys.modules["torch"]
        layers = [kind for kind in vars(torch.nn).values() if isinstance(kind, type)]
        holders += [torch.Tensor, *layers]
    return holders


def _with_classes(name: str) -> list[Any]:
    """A module of `checks.core`, and the classes that it defines."""
    module = sys.modules[f"course_utils.checks.core.{name}"]
    classes = [each for each in vars(module).values() if isinstance(each, type)]
    return [module, *(each for each in classes if each.__module__ == module.__name__)]


def _functions(holder: Any) -> list[FunctionType]:
    """The functions of a module or class, without what is wrapped around them."""
    found = [inspect.unwrap(value) for value in vars(holder).values() if callable(value)]
    return [value for value in found if isinstance(value, FunctionType)]


def _entries(holder: Any) -> tuple[list[str], list[Any]]:
    """All names and values of a module or class, in order."""
    return list(vars(holder)), list(vars(holder).values())


def _covering(holder: Any, before: dict[str, Any]) -> list[str]:
    """What was added to a class and hides what it inherits."""
    bases = holder.__mro__[1:] if isinstance(holder, type) else ()
    added = [name for name in _public(holder) if name not in before]
    return [name for name in added if any(name in vars(base) for base in bases)]


def _public(holder: Any) -> dict[str, Any]:
    special = ("__init__", "__call__", "__eq__")
    items = vars(holder).items()
    return {n: v for n, v in items if not n.startswith("_") or n in special}


def _texts(data: dict) -> dict[str, str]:
    return {
        str(kind): _text(value) for kind, value in data.items() if isinstance(value, str | bytes)
    }


def _text(value: str | bytes) -> str:
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode("ascii")
    return value.encode("utf-8", "replace").decode("utf-8")


def _no_input(prompt: object = "", /) -> str:
    raise RuntimeError("input() does not work while a notebook is graded")


def quiet_files() -> None:
    """Send what is written past `sys.stdout`, by subprocesses say, nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)


def warm_shell() -> Shell:
    """A shell that has run a cell and shown an error: its first ones take long."""
    shell = Shell.instance()
    shell.run("def warm(x):\n    return 1 / x\nwarm(1)", 10_000)
    shell.run("warm(0)", 10_000)
    shell.reset(new_session=True)
    return shell


def reseed(seed: int) -> None:
    """Let the global generators begin anew."""
    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002  (the student's code may use the global generator)
    torch.manual_seed(seed)
