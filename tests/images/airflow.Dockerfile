# Stands in for apache/airflow where no registry can be reached: its user, its places, a Python without packages.
ARG BASE
FROM ${BASE}
RUN useradd --uid 50000 --gid 0 --create-home airflow \
    && mkdir -p /opt/airflow \
    && chown 50000:0 /opt/airflow \
    && /usr/bin/python3.11 -m venv /home/airflow/.local \
    && chown -R 50000:0 /home/airflow/.local
ENV PATH=/home/airflow/.local/bin:$PATH AIRFLOW_HOME=/opt/airflow
USER 50000
WORKDIR /opt/airflow
