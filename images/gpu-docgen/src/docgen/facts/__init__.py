"""What static analysis finds in a source tree. Nothing here runs the repository's code."""
