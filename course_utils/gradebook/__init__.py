"""Where grading meets nbgrader: its configuration, converters, gradebook and formgrader."""
