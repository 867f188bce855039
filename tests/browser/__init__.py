"""Tests in a real browser, against a running embedded Airflow (make test-browser)."""
