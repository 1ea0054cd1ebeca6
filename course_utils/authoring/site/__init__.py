"""`course site`: the whole course as static pages, alive without a kernel and without a network."""

from course_utils.authoring.site.build import site

__all__ = ["site"]
