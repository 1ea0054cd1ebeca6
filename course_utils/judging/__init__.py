"""A submission's way: read, laid over the unit, run in the sandbox, judged by the referee."""
