// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.Json;
import dev.lakehouse.jobs.LauncherProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar for spark-submit in a Spark that has nothing of ours: Delta, Lance, models and storage at
 * work through Spark's own class loader.
 */
@Tag("packaged")
@Tag("slow")
class TestSparkSubmit {
  private static final Path TARGET =
      Path.of(System.getProperty("lakehouse.home"), "lakehouse-jobs", "target");

  /** The core of Spark's own script of this name. */
  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      exec "$JAVA_HOME/bin/java" %s -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit "$@"
      """;

  @TempDir Path folder;
  private Path sparkHome;

  @BeforeEach
  void assembleSpark() throws IOException {
    Optional<Path> jar = jars(TARGET).filter(TestSparkSubmit::isForSpark).findAny();
    assumeTrue(jar.isPresent(), "skipped: built with -Dshade.skip");
    sparkHome = Files.createDirectories(folder.resolve("spark home"));
    Path jars = Files.createDirectory(sparkHome.resolve("jars"));
    for (Path each : jars(TARGET.resolve("runtime/spark")).toList()) {
      Files.createSymbolicLink(jars.resolve(each.getFileName()), each);
    }
    try (JarFile ours = new JarFile(jar.get().toFile())) {
      for (Path each : jars(TARGET.resolve("runtime/app")).toList()) {
        if (!holds(ours, each)) {
          Files.createSymbolicLink(jars.resolve(each.getFileName()), each);
        }
      }
    }
    Path script = Files.createDirectory(sparkHome.resolve("bin")).resolve("spark-submit");
    String opens = Files.readString(TARGET.resolve("runtime/java-opens")).strip();
    Files.writeString(script, SUBMIT.formatted(opens));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private static Stream<Path> jars(Path from) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
    }
  }

  private static boolean isForSpark(Path jar) {
    return jar.getFileName().toString().contains("-spark3.5_");
  }

  /** What our jar leaves out, the cluster has. */
  private static boolean holds(JarFile ours, Path jar) throws IOException {
    try (JarFile other = new JarFile(jar.toFile())) {
      return other.stream()
          .map(ZipEntry::getName)
          .filter(
              name -> name.endsWith(".class") || name.endsWith(".onnx") || name.endsWith(".bin"))
          .filter(name -> !name.contains("module-info") && !name.startsWith("META-INF"))
          .findFirst()
          .map(name -> ours.getEntry(name) != null)
          .orElse(true);
    }
  }

  @Test
  void everythingThatTheDoctorTriesWorks() throws Exception {
    Result result =
        LauncherProcess.in(folder)
            .run(
                Map.of("SPARK_HOME", sparkHome.toString()),
                "doctor",
                "--json",
                "--lake",
                folder.resolve("my lake").toString(),
                "--set",
                "lakehouse.embed.clip-model=shapes-clip");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<String> areas = Json.mapper().readTree(result.out()).findValuesAsText("area");
    assertThat(areas).contains("java", "spark", "storage", "models", "memory");
  }
}
