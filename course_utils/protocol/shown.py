"""What of this package a student's process holds: what its cells and the server of requests import.

This list is all. What is not named here is not in the sandbox, and nothing that the grader sends
refers to it. Of the checks there is the core; a topic's checks know the answers, so a stand-in is
in their place.
"""

PACKAGE = __name__.partition(".")[0]

SHOWN = (
    *("checks.core", "class_file", "data", "due_dates", "errors", "files", "findings", "models"),
    *("repository", "student.progress", "student_ids", "widgets"),
    *("protocol.codec", "protocol.loss", "protocol.requests", "protocol.shown"),
    *("sandbox.limits", "sandbox.namespaces", "sandbox.request_server", "sandbox.rights"),
    *("sandbox.shell", "sandbox.system_call_numbers", "sandbox.system_calls", "sandbox.watch"),
    "sandbox.zygote",
)
"""Modules, and packages with all that is in them. Of the packages above there is `__init__.py`."""


def is_withheld(module: str) -> bool:
    """Whether a module of this name is one of this package that a student's process has not got."""
    if not module.startswith(f"{PACKAGE}."):
        return False
    own = module.removeprefix(f"{PACKAGE}.")
    return not any(
        own == name or own.startswith(f"{name}.") or name.startswith(f"{own}.") for name in SHOWN
    )
