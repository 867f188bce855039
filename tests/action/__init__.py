"""The GitHub Action's script, run as the runner runs it, against the real API."""
