"""As much of Airflow's names as the DAGs use: it records what they declare. It runs nothing."""

import inspect

DAGS = []


class DAG:
    current = None

    def __init__(
        self,
        dag_id,
        *,
        description=None,
        schedule=None,
        start_date=None,
        catchup=True,
        max_active_runs=16,
        tags=None,
        default_args=None,
    ):
        self.dag_id = dag_id
        self.description = description
        self.schedule = schedule
        self.start_date = start_date
        self.catchup = catchup
        self.max_active_runs = max_active_runs
        self.default_args = default_args or {}
        self.tasks = []
        DAGS.append(self)

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *ignored):
        DAG.current = None


class Operator:
    """The arguments that operators have in common, and no others."""

    COMMON = {
        "owner",
        "pool",
        "retries",
        "retry_delay",
        "retry_exponential_backoff",
        "execution_timeout",
    }

    def __init__(self, *, task_id, python_callable, op_args=None, **common):
        unknown = sorted((set(common) | set(DAG.current.default_args)) - self.COMMON)
        if unknown:
            raise TypeError("Invalid arguments were passed to %s: %s" % (task_id, unknown))
        inspect.signature(python_callable).bind(*(op_args or []))
        self.task_id = task_id
        self.callable = python_callable.__name__
        self.op_args = list(op_args or [])
        self.common = {**DAG.current.default_args, **common}
        self.upstream = []
        if task_id in [task.task_id for task in DAG.current.tasks]:
            raise ValueError("Two tasks are called %s" % task_id)
        DAG.current.tasks.append(self)

    def __rshift__(self, other):
        other.upstream.append(self.task_id)
        return other
