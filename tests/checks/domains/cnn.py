"""Domains of the exercises of 05."""

from hypothesis import strategies as st

from course_utils.checks.core import Call

DOMAINS: dict[str, st.SearchStrategy[Call]] = {}
