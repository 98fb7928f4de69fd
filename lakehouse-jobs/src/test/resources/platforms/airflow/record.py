"""record.py FOLDER: imports each DAG of a folder, and prints what they declare as JSON."""

import ast
import importlib
import json
import pathlib
import sys

import airflow

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
for file in sorted(folder.glob("*.py")):
    ast.parse(file.read_text(encoding="utf-8"), str(file))
    importlib.import_module(file.stem)
print(
    json.dumps(
        [
            {
                "dag_id": dag.dag_id,
                "schedule": dag.schedule,
                "catchup": dag.catchup,
                "max_active_runs": dag.max_active_runs,
                "aware": dag.start_date.tzinfo is not None,
                "tasks": [
                    {
                        "task_id": task.task_id,
                        "operator": type(task).__name__,
                        "callable": task.callable,
                        "op_args": task.op_args,
                        "upstream": task.upstream,
                        "pool": task.common.get("pool"),
                        "retries": task.common.get("retries"),
                    }
                    for task in dag.tasks
                ],
            }
            for dag in airflow.DAGS
        ]
    )
)
