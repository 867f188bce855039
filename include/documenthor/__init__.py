"""The control plane: contract in, outcome out. Free of Airflow; `documenthor_airflow` wires it up."""
