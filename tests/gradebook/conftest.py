"""The tests of this room work in classrooms with the tiny unit."""

from classroom_fixtures import (  # noqa: F401
    classroom,
    config,
    full,
    graded_class,
    nbgrader,
    released,
    repository,
    source,
)
