"""What a student runs: the own copy of the lessons, progress, handing in, new releases."""
