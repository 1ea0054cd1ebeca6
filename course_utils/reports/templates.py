"""The templates of the pages in this folder."""

from functools import cache
from importlib import resources as package_files

import jinja2


@cache
def template(name: str) -> jinja2.Template:
    """A template of this folder, in which every value is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FunctionLoader(_text)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _text(name: str) -> str:
    return package_files.files(__package__).joinpath(name).read_text("utf-8")
