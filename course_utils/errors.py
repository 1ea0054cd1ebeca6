"""The exceptions that the course raises for its users."""


class CourseError(Exception):
    """Something the user can put right: the text says what was expected, what came, what to do.

    Commands print it in one line and exit with a status other than 0.
    """
