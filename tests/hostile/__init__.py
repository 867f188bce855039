"""Hostile repositories and contents on the whole way from the clone to the pull request."""
