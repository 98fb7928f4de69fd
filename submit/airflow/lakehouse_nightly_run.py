# SPDX-License-Identifier: Apache-2.0
"""Each night: takes in what is new in the source, and publishes a release.

Airflow variables: lakehouse_lake, the lake; lakehouse_source, what is taken in. The pool lakehouse_writers has one
slot, since a lake on plain S3 has one writer at a time:

    airflow pools set lakehouse_writers 1 "commands that write to the lake"
"""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.operators.python import PythonOperator

from lakehouse_submit import submit

LAKE = "{{ var.value.lakehouse_lake }}"

with DAG(
    dag_id="lakehouse_nightly_run",
    description="Take in what is new, and publish a release",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=["lakehouse"],
    default_args={
        "owner": "lakehouse",
        "pool": "lakehouse_writers",
        "retries": 3,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(hours=12),
    },
) as dag:
    run = PythonOperator(
        task_id="run",
        python_callable=submit,
        op_args=[["run", "{{ var.value.lakehouse_source }}", "--lake", LAKE]],
    )
    # some of the contents each night; the whole once a week
    audit = PythonOperator(
        task_id="audit_sample",
        python_callable=submit,
        op_args=[["audit", "--lake", LAKE, "--sample", "0.01"]],
    )
    run >> audit
