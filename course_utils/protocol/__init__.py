"""What the grader and a student's process say to each other, and what stands for whose objects."""
