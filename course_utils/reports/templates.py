"""The templates of the pages in this folder."""

from functools import cache
from importlib import resources as package_files

import jinja2


@cache
def template(name: str) -> jinja2.Template:
    """A template of this folder, in which every value is escaped."""
    text = package_files.files(__package__).joinpath(name).read_text("utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(text)
