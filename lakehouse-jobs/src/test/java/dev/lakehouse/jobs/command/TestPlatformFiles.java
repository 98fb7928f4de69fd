// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code submit/} gives to EMR, Databricks and Kubernetes has the shape that they want, grants
 * no more than is needed, and starts what our program takes. Each check is shown to find a mistake.
 */
class TestPlatformFiles {
  private static final String STEP = "submit/emr/run-step.json";
  private static final String SERVERLESS = "submit/emr/serverless-job.json";
  private static final String POLICY = "submit/emr/job-policy.json";
  private static final String TRUST = "submit/emr/job-trust.json";
  private static final String BUNDLE = "submit/databricks/databricks.yml";
  private static final String RUN = "submit/kubernetes/run.yaml";
  private static final String NIGHTLY = "submit/kubernetes/nightly.yaml";

  private static final Map<String, String> SCHEMAS =
      Map.of(
          STEP, "emr-step",
          SERVERLESS, "emr-serverless",
          POLICY, "iam-policy",
          TRUST, "iam-policy",
          BUNDLE, "databricks",
          RUN, "spark-application",
          NIGHTLY, "spark-application");

  @ParameterizedTest
  @ValueSource(strings = {STEP, SERVERLESS, POLICY, TRUST, BUNDLE, RUN, NIGHTLY})
  void theShapeIsTheOneOfThePlatform(String file) throws IOException {
    assertThat(misshapen(file, PlatformFiles.asTheyAre())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          submit/emr/run-step.json         | "CONTINUE"                     | "GO_ON"                        | ActionOnFailure
          submit/emr/run-step.json         | "HadoopJarStep"                | "JarStep"                      | JarStep
          submit/emr/run-step.json         | "spark-submit",                | `5,`                           | Args
          submit/emr/serverless-job.json   | "entryPointArguments"          | "arguments"                    | arguments
          submit/emr/serverless-job.json   | 720                            | "720"                          | executionTimeoutMinutes
          submit/emr/serverless-job.json   | --conf spark.driver.cores=2    | --conf spark.driver.cores 2    | sparkSubmitParameters
          submit/emr/serverless-job.json   | "classification"               | "class"                        | classification
          submit/emr/job-policy.json       | "s3:GetObject"                 | "s3:*"                         | Action
          submit/emr/job-policy.json       | arn:aws:s3:::amzn-s3-demo-lake/lake/* | *                       | Resource
          submit/emr/job-policy.json       | arn:aws:s3:::amzn-s3-demo-lake/lake/* | arn:aws:s3:::amzn-s3-demo-* | Resource
          submit/emr/job-trust.json        | "aws:SourceAccount"            | "aws:SourceAccounts"           | aws:SourceAccounts
          submit/emr/job-trust.json        | "Principal": {"Service": "emr-serverless.amazonaws.com"} | "Principal": {"AWS": "*"} | Service
          submit/databricks/databricks.yml | max_concurrent_runs: 1         | max_concurrent_runs: 2         | max_concurrent_runs
          submit/databricks/databricks.yml | spark_jar_task:                | jar_task:                      | jar_task
          submit/databricks/databricks.yml | 16.4.x-scala2.12               | 16.4.x-scala2.13               | spark_version
          submit/databricks/databricks.yml | mode: production               | mode: prod                     | mode
          submit/databricks/databricks.yml | workers: 8                     | workers: eight                 | num_workers
          submit/kubernetes/run.yaml       | runAsNonRoot: true             | runAsNonRoot: false            | runAsNonRoot
          submit/kubernetes/run.yaml       | readOnlyRootFilesystem: true   | readOnlyRootFileSystem: true   | readOnlyRootFileSystem
          submit/kubernetes/run.yaml       | type: RuntimeDefault           | type: Unconfined               | seccompProfile
          submit/kubernetes/run.yaml       | memory: 2g                     | memory: 2 GB                   | memory
          submit/kubernetes/run.yaml       | @sha256:                       | :latest                        | image
          submit/kubernetes/nightly.yaml   | concurrencyPolicy: Forbid      | concurrencyPolicy: Allow       | concurrencyPolicy
          submit/kubernetes/nightly.yaml   | mainClass                      | main                           | mainClass
          """)
  void aPlantedMistakeInTheShapeIsFound(String file, String found, String planted, String named)
      throws IOException {
    assertThat(misshapen(file, PlatformFiles.with(found, planted)))
        .anySatisfy(error -> assertThat(error).contains(named));
  }

  private static List<String> misshapen(String file, PlatformFiles files) throws IOException {
    List<String> errors = new ArrayList<>();
    for (JsonNode document : documents(file, files)) {
      schema(SCHEMAS.get(file)).validate(document).stream()
          .map(ValidationMessage::toString)
          .forEach(errors::add);
    }
    return errors;
  }

  private static List<JsonNode> documents(String file, PlatformFiles files) {
    return file.equals(BUNDLE)
        ? List.of(files.bundle(file, "dev"), files.bundle(file, "prod"))
        : List.of(files.document(file));
  }

  private static JsonSchema schema(String name) throws IOException {
    String resource = "/platforms/%s.schema.json".formatted(name);
    try (InputStream in = TestPlatformFiles.class.getResourceAsStream(resource)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {STEP, SERVERLESS, BUNDLE, RUN, NIGHTLY, "README.md", "submit/README.md"})
  void everyCommandLineIsOneThatTheProgramTakes(String file) {
    List<Submission> submissions = submissions(file, PlatformFiles.asTheyAre());

    assertThat(submissions).isNotEmpty();
    assertThat(submissions).flatExtracting(Submission::problems).isEmpty();
    assertThat(submissions)
        .extracting(Submission::jar)
        .allMatch(jar -> jar.endsWith(jarOfTheBuild()) || jar.endsWith("/lakehouse.jar"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          submit/emr/run-step.json         | "--lake"                   | "--lakes"                 | --lakes
          submit/emr/run-step.json         | lakehouse.publish.min-     | lakehouse.publish.least-  | Unknown setting
          submit/emr/run-step.json         | command.Main               | Main                      | No such class
          submit/emr/serverless-job.json   | "run", "s3a                | "rum", "s3a               | rum
          submit/emr/serverless-job.json   | min-published=1000         | min-published=many        | min-published
          submit/databricks/databricks.yml | - --cluster                | - --clusters              | --clusters
          submit/databricks/databricks.yml | min_published: "1000"      | min_published: many       | many
          submit/kubernetes/run.yaml       | - --json                   | - --jason                 | --jason
          submit/kubernetes/run.yaml       | spark.lakehouse.models:    | spark.lakehouse.model:    | lakehouse.models
          submit/kubernetes/nightly.yaml   | - run                      | - ingest-all              | ingest-all
          README.md                        | run --lake /data/lake      | run --late /data/lake     | --late
          submit/README.md                 | --class dev.lakehouse      | --class org.lakehouse     | No such class
          """)
  void aPlantedMistakeInACommandLineIsFound(
      String file, String found, String planted, String named) {
    assertThat(submissions(file, PlatformFiles.with(found, planted)))
        .flatExtracting(Submission::problems)
        .anySatisfy(problem -> assertThat((String) problem).contains(named));
  }

  private static List<Submission> submissions(String file, PlatformFiles files) {
    return switch (file) {
      case STEP -> Submission.ofSteps(file, files.document(file));
      case SERVERLESS -> Submission.ofServerless(file, files.document(file));
      case BUNDLE ->
          Stream.of("dev", "prod")
              .flatMap(target -> Submission.ofBundle(file, files.bundle(file, target)).stream())
              .toList();
      case RUN, NIGHTLY -> Submission.ofApplication(file, files.document(file));
      default -> Submission.ofText(file, files.text(file));
    };
  }

  private static String jarOfTheBuild() {
    return "/lakehouse-dist-%s-spark3.5_2.12.jar".formatted(Version.current());
  }

  @Test
  void everyFileOfSubmitIsLookedAt() throws IOException {
    Path home = Path.of(System.getProperty("lakehouse.home"));
    Set<String> known =
        Stream.concat(SCHEMAS.keySet().stream(), Stream.of("submit/kubernetes/setup.yaml"))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(home.resolve("submit"))) {
      assertThat(
              files
                  .map(file -> home.relativize(file).toString())
                  .filter(file -> file.matches(".*[.](json|ya?ml)")))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @Test
  void thePolicyGrantsWhatTheJobsTouchAndNothingElse() {
    PlatformFiles files = PlatformFiles.asTheyAre();
    Submission step = submissions(STEP, files).get(0);
    Submission serverless = submissions(SERVERLESS, files).get(0);
    String source = arn(step.arguments().get(1));
    String lake = arn(step.arguments().get(step.arguments().indexOf("--lake") + 1));
    String logs =
        arn(
            files
                .document(SERVERLESS)
                .at(
                    "/configurationOverrides/monitoringConfiguration/s3MonitoringConfiguration/logUri")
                .asText());

    assertThat(serverless.arguments()).isEqualTo(step.arguments());
    assertThat(granted(files.document(POLICY)))
        .containsExactlyInAnyOrder(
            "s3:GetObject " + arn(step.jar()),
            "s3:ListBucket " + source.replaceFirst("/.*", ""),
            "s3:GetObject " + source, // is it a file? 403 is no answer, so it takes both rights
            "s3:GetObject " + source + "/*",
            "s3:ListBucket " + lake.replaceFirst("/.*", ""),
            "s3:GetBucketLocation " + lake.replaceFirst("/.*", ""),
            "s3:GetObject " + lake,
            "s3:GetObject " + lake + "/*",
            "s3:PutObject " + lake + "/*",
            "s3:DeleteObject " + lake + "/*",
            "s3:AbortMultipartUpload " + lake + "/*",
            "s3:ListMultipartUploadParts " + lake + "/*",
            "s3:PutObject " + logs + "*");
  }

  private static String arn(String uri) {
    return uri.replaceFirst("^s3a?://", "arn:aws:s3:::");
  }

  private static List<String> granted(JsonNode policy) {
    List<String> granted = new ArrayList<>();
    for (JsonNode statement : policy.get("Statement")) {
      for (String action : PlatformFiles.texts(statement.get("Action"))) {
        for (String resource : PlatformFiles.texts(statement.get("Resource"))) {
          granted.add(action + " " + resource);
        }
      }
    }
    return granted;
  }

  @Test
  void theNightlyApplicationIsTheOneThatRunsOnce() {
    PlatformFiles files = PlatformFiles.asTheyAre();

    assertThat(files.document(NIGHTLY).at("/spec/template"))
        .isEqualTo(files.document(RUN).get("spec"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void podsMountWhatTheApplicationHasAndNothingElseIsWritten(String pod) {
    JsonNode spec = PlatformFiles.asTheyAre().document(RUN).get("spec");

    assertThat(names(spec.get("volumes"))).isEqualTo(names(spec.at("/" + pod + "/volumeMounts")));
    assertThat(spec.at("/" + pod + "/javaOptions").asText()).contains("-Djava.io.tmpdir=/tmp ");
  }

  private static List<String> names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.get("name").asText())
        .toList();
  }

  @Test
  void tasksOfTheBundleWaitForTasksAndRunOnClustersThatAreThere() {
    JsonNode job = PlatformFiles.asTheyAre().bundle(BUNDLE, "prod").at("/resources/jobs/lakehouse");
    Set<String> before = new HashSet<>();
    for (JsonNode task : job.get("tasks")) {
      task.path("depends_on")
          .forEach(each -> assertThat(before).contains(each.get("task_key").asText()));
      assertThat(task.get("job_cluster_key")).isEqualTo(job.at("/job_clusters/0/job_cluster_key"));
      assertThat(before.add(task.get("task_key").asText())).isTrue();
    }
  }

  @Test
  void aVariableThatNobodyGivesIsFound() {
    assertThatThrownBy(() -> PlatformFiles.with("      catalog: dev\n", "").bundle(BUNDLE, "dev"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("No value for the variable var.catalog");
  }

  @ParameterizedTest
  @ValueSource(strings = {"conf/spark-cluster.conf", "conf/spark-gpu.conf"})
  void settingsForClustersAreSettings(String file) {
    Map<String, String> settings =
        PlatformFiles.asTheyAre()
            .text(file)
            .lines()
            .filter(line -> line.matches("spark\\S+ .*"))
            .collect(
                Collectors.toMap(
                    line -> line.split(" +", 2)[0], line -> line.split(" +", 2)[1].strip()));

    assertThat(settings).isNotEmpty();
    assertThat(
            new Submission(file, Main.class.getName(), "", settings, List.of("doctor")).problems())
        .isEmpty();
  }
}
