"""The few pieces that import Airflow: the DAG factory, its operators, the plugin, the API's trigger."""
