"""The tests of this room work in classrooms with the tiny unit."""

from classroom_fixtures import *  # noqa: F403
