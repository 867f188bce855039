"""What code declares to its users: environment variables, command line options and HTTP routes."""
