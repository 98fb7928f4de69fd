# SPDX-License-Identifier: Apache-2.0
"""Each week: derives anew why each published row may be trusted, and lists what nobody needs any more.

An audit that finds something ends with exit code 6 and is not tried again; its log names the remedies. Nothing is
removed here: gc without --apply lists.

Airflow variable: lakehouse_lake, the lake.
"""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.operators.python import PythonOperator

from lakehouse_submit import submit

LAKE = "{{ var.value.lakehouse_lake }}"

with DAG(
    dag_id="lakehouse_weekly_audit",
    description="Audit every release that readers may name",
    schedule="0 6 * * 0",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=["lakehouse"],
    default_args={
        "owner": "lakehouse",
        "retries": 3,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(hours=24),
    },
) as dag:
    audit = PythonOperator(
        task_id="audit",
        python_callable=submit,
        op_args=[["audit", "--lake", LAKE, "--all"]],
    )
    leftovers = PythonOperator(
        task_id="list_leftovers",
        python_callable=submit,
        op_args=[["gc", "--lake", LAKE]],
    )
    audit >> leftovers
