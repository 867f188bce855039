"""Manifests: what a project says about itself, and only what it says."""
