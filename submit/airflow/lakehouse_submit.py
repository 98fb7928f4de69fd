# SPDX-License-Identifier: Apache-2.0
"""Runs commands of the lakehouse by spark-submit, and tells Airflow what their exit codes mean.

Lies beside the DAGs. It needs Python 3.8 and Airflow 2.7 or newer, and of Airflow nothing but its exceptions.
The worker needs Spark 3.5, and these variables in its environment:

    SPARK_HOME              Spark
    LAKEHOUSE_JAR           the jar for spark-submit
    LAKEHOUSE_PROPERTIES    settings of Spark: conf/spark-cluster.conf, with the line spark.master
"""

import hashlib
import json
import os
import subprocess
import threading

from airflow.exceptions import AirflowException, AirflowFailException

MAIN = "dev.lakehouse.jobs.command.Main"

# The contract of docs/json.md: what passes by itself is tried again, and what was cut off resumes. 137 is no code
# of a command: the process was killed, mostly for its memory, and a command may be repeated after that.
RETRY = {
    5: "transient, or another command was first",
    130: "interrupted",
    137: "killed",
    143: "terminated",
}
FAIL = {
    1: "unexpected; --verbose shows where",
    2: "usage or configuration",
    3: "nothing fit to publish, or too much of what is published would leave",
    4: "too many items failed",
    6: "integrity; the output names what, and the remedy",
    7: "a commit may or may not have happened: run audit",
}


def command_line(arguments, environment):
    """What is started. Deploy mode client: with another one the exit code is lost on the way."""
    missing = [
        name
        for name in ("SPARK_HOME", "LAKEHOUSE_JAR", "LAKEHOUSE_PROPERTIES")
        if not environment.get(name)
    ]
    if missing:
        raise AirflowFailException(
            "Cannot start the lakehouse: the worker's environment lacks %s" % ", ".join(missing)
        )
    return [
        os.path.join(environment["SPARK_HOME"], "bin", "spark-submit"),
        "--deploy-mode",
        "client",
        "--properties-file",
        environment["LAKEHOUSE_PROPERTIES"],
        "--class",
        MAIN,
        environment["LAKEHOUSE_JAR"],
        *arguments,
    ]


def submit(arguments):
    """Runs one command; what it says goes to the task's log.

    Raises AirflowException where repeating the command may help, AirflowFailException where it does not.
    """
    answer(arguments)


def answer(arguments):
    """Runs one command and returns the document that it answers with (docs/json.md)."""
    command = command_line([*arguments, "--json"], os.environ)
    print("starting: %s" % " ".join(command), flush=True)
    try:
        # in Airflow's own process group, so that a task that is ended ends it too
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
        )
    except OSError as e:
        raise AirflowFailException("Cannot start %s: %s" % (command[0], e)) from e
    said = []
    with process:
        progress = threading.Thread(target=show, args=(process.stderr,))
        progress.start()
        show(process.stdout, said)
        progress.join()
    require_success(arguments[0], process.returncode)
    return json.loads("".join(said))


def show(stream, said=None):
    """Passes lines on to the task's log, and keeps them where they are wanted."""
    for line in stream:
        print(line, end="", flush=True)
        if said is not None:
            said.append(line)


def require_success(command, returned):
    """Says by the kind of its exception whether Airflow is to try again."""
    code = returned if returned >= 0 else 128 - returned  # ended by a signal
    if code == 0:
        return
    words = "lakehouse %s ended with exit code %d: " % (command, code)
    if code in RETRY:
        raise AirflowException(words + RETRY[code])
    raise AirflowFailException(words + FAIL.get(code, "no code of the lakehouse"))


def policy_changed(policy, lake):
    """Whether a policy file is another one than the lake is judged by."""
    with open(policy, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    in_force = answer(["status", "--lake", lake])["policy"]
    print("policy %s, in force %s" % (digest, in_force), flush=True)
    return in_force is None or in_force["digest"] != digest
