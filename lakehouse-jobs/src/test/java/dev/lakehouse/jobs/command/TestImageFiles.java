// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files that images are built from: bases come by digest or the build refuses them, nothing
 * runs as root, and what is built stays in the stage that builds it.
 */
class TestImageFiles {
  private static final String CPU = "submit/docker/Dockerfile";
  private static final String GPU = "submit/docker/gpu.Dockerfile";
  private static final String EMR = "submit/emr/Dockerfile";
  private static final Pattern FROM = Pattern.compile("FROM (\\S+)(?: AS (\\S+))?");
  private static final Pattern BASE = Pattern.compile("\\$\\{([A-Z_]+)}");

  @ParameterizedTest
  @ValueSource(strings = {CPU, GPU, EMR})
  void keepsTheRules(String file) {
    assertThat(problems(PlatformFiles.asTheyAre().text(file))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          submit/docker/Dockerfile     | FROM ${SPARK_IMAGE}      | FROM apache/spark:latest    | no argument
          submit/docker/Dockerfile     | ARG SPARK_IMAGE          | ARG SPARK_IMAGE=apache/spark | no argument
          submit/docker/Dockerfile     | "${SPARK_IMAGE}"; do     | ; do                        | digest of SPARK_IMAGE
          submit/docker/Dockerfile     | USER 185:185             | USER root                   | as root
          submit/docker/gpu.Dockerfile | USER 185:185             | WORKDIR /                   | as root
          submit/docker/gpu.Dockerfile | --from=spark --chown=185:185 /opt/spark /opt/spark | . /opt/spark | takes all
          submit/emr/Dockerfile        | USER hadoop:hadoop       | USER 0                      | as root
          """)
  void aPlantedMistakeIsFound(String file, String found, String planted, String named) {
    assertThat(problems(PlatformFiles.with(found, planted).text(file)))
        .anySatisfy(problem -> assertThat(problem).contains(named));
  }

  private static List<String> problems(String text) {
    List<String> problems = new ArrayList<>();
    Set<String> arguments = new HashSet<>();
    Set<String> stages = new HashSet<>();
    Set<String> bases = new HashSet<>();
    String stage = "";
    String user = "root";
    for (String line : instructions(text)) {
      Matcher from = FROM.matcher(line);
      if (stages.isEmpty() && line.matches("ARG [A-Z_]+")) {
        arguments.add(line.substring(4)); // those of a stage are none for bases
      } else if (from.matches()) {
        Matcher base = BASE.matcher(from.group(1));
        if (base.matches() && arguments.contains(base.group(1))) {
          bases.add(base.group(1));
        } else if (!stages.contains(from.group(1))) {
          problems.add("The base is no argument without a default: " + line);
        }
        stage = String.valueOf(from.group(2));
        stages.add(stage);
        user = "root";
      } else if (line.startsWith("USER ")) {
        user = line.substring(5);
      } else if (line.matches("(COPY|ADD) \\. .*") && !stage.equals("build")) {
        problems.add("An image takes all of the sources: " + line);
      }
    }
    String guard = guard(text);
    bases.stream()
        .filter(base -> !guard.contains("${" + base + "}"))
        .forEach(base -> problems.add("Nobody asks for the digest of " + base));
    if (user.matches("(root|0)(:.*)?")) {
      problems.add("The image runs as root");
    }
    return problems;
  }

  /** The instructions, each in one line. */
  private static List<String> instructions(String text) {
    return text.replaceAll("(?m)^#.*\n", "")
        .replaceAll("\\\\\n\\s*", " ")
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** The shell that looks at the bases. */
  private static String guard(String text) {
    return instructions(text).stream()
        .filter(line -> line.startsWith("RUN ") && line.contains("@sha256:"))
        .map(line -> line.substring(4))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {CPU, GPU, EMR})
  void theBuildRefusesABaseWithoutADigest(String file) throws Exception {
    String guard = guard(PlatformFiles.asTheyAre().text(file));
    String digest = "example.com/base@sha256:" + "a".repeat(64);
    Map<String, String> all =
        Map.of(
            "BUILD_IMAGE", digest,
            "SPARK_IMAGE", digest,
            "CUDA_IMAGE", digest,
            "EMR_IMAGE", digest);
    assertThat(exitCode(guard, all)).isZero();
    Matcher base = BASE.matcher(guard);
    while (base.find()) {
      if (all.containsKey(base.group(1))) {
        Map<String, String> one = new HashMap<>(all);
        one.put(base.group(1), "example.com/base:latest");
        assertThat(exitCode(guard, one)).as(base.group(1)).isEqualTo(1);
      }
    }
  }

  private static int exitCode(String shell, Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", shell)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    return builder.start().waitFor();
  }

  /** Models are mounted: all that an image holds of ours is one jar. */
  @Test
  void imagesHoldTheJarAndWhatS3Needs() {
    for (String file : List.of(CPU, GPU)) {
      assertThat(instructions(PlatformFiles.asTheyAre().text(file)))
          .filteredOn(line -> line.startsWith("COPY --from=build"))
          .containsExactly(
              "COPY --from=build --chmod=0444 /build/s3/ /opt/spark/jars/",
              "COPY --from=build --chmod=0444 /build/lakehouse.jar /opt/lakehouse/lakehouse.jar");
    }
  }
}
