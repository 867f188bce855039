"""The embedded default behind `make run`: Airflow on SQLite, the process runtime, a local forge."""
