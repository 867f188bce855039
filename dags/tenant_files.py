"""Turns invalid tenant files into an import error of Airflow; it defines no DAG.

Airflow drops every DAG of a file that raises, so this must not be the file that builds them.
"""

from documenthor.settings import Settings
from documenthor.tenants import load_all

load_all(Settings.from_environment().tenants)
