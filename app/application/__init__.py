"""The application to graduate: its states, the table of steps, what was handed over."""
