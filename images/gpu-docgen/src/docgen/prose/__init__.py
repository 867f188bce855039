"""Prose on the pages: what a model is asked, and what of its answers stands."""
