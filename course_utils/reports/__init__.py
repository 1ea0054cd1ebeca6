"""What people read after grading: feedback pages, the class report, grades as a table."""
