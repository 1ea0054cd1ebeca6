"""The sandbox: walls around a warm process that forks one process for each submission."""
