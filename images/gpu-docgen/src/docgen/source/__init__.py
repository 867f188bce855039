"""The source tree as the readers see it: text files, without vendored code and without our own blocks."""
