"""Who somebody is: candidates and staff, their passwords, their logins."""
