from airflow import Operator


class PythonOperator(Operator):
    pass


class ShortCircuitOperator(Operator):
    pass
