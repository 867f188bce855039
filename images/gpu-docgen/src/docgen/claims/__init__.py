"""Sentences of a model, and the checks that let only those through that the code shows."""
