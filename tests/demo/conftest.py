"""The tests of this room grade the sample class in a classroom with the tiny unit."""

from classroom_fixtures import (  # noqa: F401
    classroom,
    config,
    graded_class,
    released,
    repository,
    source,
)
