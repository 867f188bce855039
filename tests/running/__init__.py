"""Tests against a running embedded Airflow, as `make run` starts it."""
