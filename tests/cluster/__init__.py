"""Tests of the `kubernetes` runtime on a real cluster: `make test-cluster` (docs/kubernetes.md)."""
