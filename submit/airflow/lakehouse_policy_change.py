# SPDX-License-Identifier: Apache-2.0
"""Each hour: judges the lake anew where the policy file is another one, and publishes what passes now.

Judging touches no media and takes seconds. Where more than a fifth of what is published would leave, publish ends
with exit code 3 and somebody decides: publish --allow-leaving, or the old policy again.

A lake that was judged is not judged again by later hours, whether or not its release was made: where embed or publish
failed for good, clear that task once its cause is gone. Until then, or the next nightly run, readers have the old
release; status --json says in "next" what is held back.

Airflow variables: lakehouse_lake, the lake; lakehouse_policy, the policy file as the worker sees it.
"""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.operators.python import PythonOperator, ShortCircuitOperator

from lakehouse_submit import policy_changed, submit

LAKE = "{{ var.value.lakehouse_lake }}"
POLICY = "{{ var.value.lakehouse_policy }}"

with DAG(
    dag_id="lakehouse_policy_change",
    description="Judge anew where the policy changed, and publish",
    schedule="@hourly",
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
        "execution_timeout": timedelta(hours=2),
    },
) as dag:
    changed = ShortCircuitOperator(
        task_id="policy_changed",
        python_callable=policy_changed,
        op_args=[POLICY, LAKE],
    )
    judge = PythonOperator(
        task_id="judge",
        python_callable=submit,
        op_args=[["judge", "--lake", LAKE, "--policy", POLICY]],
    )
    # what passes anew may have no vector yet
    embed = PythonOperator(
        task_id="embed",
        python_callable=submit,
        op_args=[["embed", "--lake", LAKE]],
    )
    publish = PythonOperator(
        task_id="publish",
        python_callable=submit,
        op_args=[["publish", "--lake", LAKE]],
    )
    changed >> judge >> embed >> publish
