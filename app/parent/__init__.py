"""What comes from the parent system, signed: candidates who are let in, lists of people and results."""
