"""What each exercise may be asked, by topic."""
