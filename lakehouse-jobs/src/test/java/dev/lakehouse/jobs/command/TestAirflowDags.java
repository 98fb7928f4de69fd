// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The DAGs in {@code submit/airflow}, imported beside names of Airflow that record what is
 * declared; the exit codes by a spark-submit that ends with each.
 */
class TestAirflowDags {
  private static final Path HOME = Path.of(System.getProperty("lakehouse.home"));
  private static final Path DAGS = HOME.resolve("submit/airflow");
  private static final Path STUB =
      HOME.resolve("lakehouse-jobs/src/test/resources/platforms/airflow");

  @TempDir Path folder;

  @BeforeAll
  static void pythonIsThere() throws InterruptedException {
    boolean there;
    try {
      there = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    assumeTrue(there, "skipped: no python3 on the PATH");
  }

  @Test
  void theyDeclareTasksThatSubmitCommandsOfTheProgram() throws Exception {
    JsonNode dags = recorded(DAGS);

    assertThat(dags.findValuesAsText("dag_id"))
        .containsExactly(
            "lakehouse_nightly_run", "lakehouse_policy_change", "lakehouse_weekly_audit");
    assertThat(problems(dags)).isEmpty();
    for (JsonNode dag : dags) {
      assertThat(dag.get("catchup").asBoolean()).isFalse();
      assertThat(dag.get("max_active_runs").asInt()).isEqualTo(1);
      assertThat(dag.get("aware").asBoolean()).isTrue();
    }
  }

  @Test
  void theyRunInOrderAndWriteOneAtATime() throws Exception {
    List<String> tasks = new ArrayList<>();
    for (JsonNode dag : recorded(DAGS)) {
      for (JsonNode task : dag.get("tasks")) {
        tasks.add(
            "%s %s %s %s %s %s"
                .formatted(
                    task.get("task_id").asText(),
                    task.get("operator").asText(),
                    task.get("callable").asText(),
                    task.get("upstream"),
                    task.get("pool").asText(),
                    task.get("retries")));
      }
    }

    assertThat(tasks)
        .containsExactly(
            "run PythonOperator submit [] lakehouse_writers 3",
            "audit_sample PythonOperator submit [\"run\"] lakehouse_writers 3",
            "policy_changed ShortCircuitOperator policy_changed [] lakehouse_writers 3",
            "judge PythonOperator submit [\"policy_changed\"] lakehouse_writers 3",
            "embed PythonOperator submit [\"judge\"] lakehouse_writers 3",
            "publish PythonOperator submit [\"embed\"] lakehouse_writers 3",
            "audit PythonOperator submit [] null 3",
            "list_leftovers PythonOperator submit [\"audit\"] null 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lakehouse_nightly_run.py   | "--sample"          | "--share"             | --share
          lakehouse_policy_change.py | ["judge", "--lake"  | ["judges", "--lake"   | judges
          lakehouse_weekly_audit.py  | python_callable=    | python_function=      | python_callable
          lakehouse_weekly_audit.py  | "retries": 3        | "retry": 3            | retry
          lakehouse_weekly_audit.py  | audit >> leftovers  | audit >> leftover     | leftover
          lakehouse_policy_change.py | op_args=[POLICY, LAKE] | op_args=[POLICY]    | missing a required argument
          lakehouse_submit.py        | def answer(         | def answer            | SyntaxError
          """)
  void aPlantedMistakeIsFound(String file, String found, String planted, String named)
      throws Exception {
    try (Stream<Path> dags = Files.list(DAGS)) {
      for (Path each : dags.filter(Files::isRegularFile).toList()) {
        Files.copy(each, folder.resolve(each.getFileName()));
      }
    }
    Files.writeString(
        folder.resolve(file), PlatformFiles.with(found, planted).text("submit/airflow/" + file));

    assertThatThrownBy(() -> assertThat(problems(recorded(folder))).isEmpty())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(named);
  }

  /** What may be tried again is what the program says may be; 137 is the kill of a process. */
  @Test
  void exitCodesAreRetriedOrNotAsTheProgramSays() throws Exception {
    JsonNode said = Json.mapper().readTree(python(fakeSpark(), codes()));

    assertThat(said.get("0")).isEqualTo(Json.mapper().readTree("{\"lake\": \"a lake\"}"));
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(said.get(Integer.toString(code.exitCode())).get(0).asText())
          .as(code.name())
          .isEqualTo(code.retriable() ? "AirflowException" : "AirflowFailException");
    }
    assertThat(said.get("137").get(0).asText()).isEqualTo("AirflowException");
    assertThat(said.get("killed").toString()).contains("\"AirflowException\"", "exit code 137");
    assertThat(said.get("99").toString()).contains("\"AirflowFailException\"", "99");
    assertThat(said.get("6").get(1).asText())
        .isEqualTo(
            "lakehouse status ended with exit code 6: integrity; the output names what, and the"
                + " remedy");
  }

  private static String[] codes() {
    List<String> words =
        new ArrayList<>(
            List.of(
                STUB.resolve("codes.py").toString(), DAGS.toString(), "0", "99", "137", "killed"));
    Arrays.stream(ErrorCode.values())
        .map(code -> Integer.toString(code.exitCode()))
        .distinct()
        .forEach(words::add);
    return words.toArray(String[]::new);
  }

  @Test
  void anEnvironmentThatLacksSparkIsNotTriedAgain() throws Exception {
    JsonNode said = Json.mapper().readTree(python(Map.of(), codes()));

    assertThat(said.get("0").toString())
        .isEqualTo(
            "[\"AirflowFailException\",\"Cannot start the lakehouse: the worker's environment lacks"
                + " SPARK_HOME, LAKEHOUSE_JAR, LAKEHOUSE_PROPERTIES\"]");
  }

  /** A spark-submit that checks how it is called, talks on both streams, and ends as it is told. */
  private Map<String, String> fakeSpark() throws IOException {
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        """
        #!/bin/sh
        echo "starting Spark" >&2
        [ "$*" = "--deploy-mode client --properties-file my.conf --class %s my.jar\
         status --lake a lake --json" ] || exit 98
        printf '{"lake":\\n "%%s"}' "${10}"
        [ "$LAKEHOUSE_TEST_CODE" != killed ] || kill -9 $$
        exit "$LAKEHOUSE_TEST_CODE"
        """
            .formatted(Main.class.getName()));
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    return Map.of(
        "SPARK_HOME", folder.toString(),
        "LAKEHOUSE_JAR", "my.jar",
        "LAKEHOUSE_PROPERTIES", "my.conf");
  }

  private JsonNode recorded(Path dags) throws Exception {
    return Json.mapper()
        .readTree(python(Map.of(), STUB.resolve("record.py").toString(), dags.toString()));
  }

  /** What the program would not take of what the tasks submit. */
  private static List<String> problems(JsonNode dags) {
    List<String> problems = new ArrayList<>();
    for (JsonNode dag : dags) {
      for (JsonNode task : dag.get("tasks")) {
        if (task.get("callable").asText().equals("submit")) {
          List<String> arguments = new ArrayList<>(PlatformFiles.texts(task.at("/op_args/0")));
          arguments.add("--json");
          String where = dag.get("dag_id").asText() + ", " + task.get("task_id").asText();
          problems.addAll(
              new Submission(where, Main.class.getName(), "", Map.of(), arguments).problems());
        }
      }
    }
    return problems;
  }

  private String python(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(SPARK|LAKEHOUSE)_.*"));
    builder.environment().put("PYTHONPATH", STUB.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().putAll(environment);
    Path out = folder.resolve("python-out.txt");
    Path err = folder.resolve("python-err.txt");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readString(out);
  }
}
