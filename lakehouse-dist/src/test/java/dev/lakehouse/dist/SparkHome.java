// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A Spark that has nothing of ours, put together from the jars of Maven: Spark's own, and what the
 * jar for spark-submit leaves to the cluster.
 */
public final class SparkHome {
  private static final Path TARGET =
      Path.of(System.getProperty("lakehouse.home"), "lakehouse-dist", "target");

  /** The core of Spark's own script of this name. */
  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      exec "$JAVA_HOME/bin/java" %s -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit "$@"
      """;

  private SparkHome() {}

  /** Puts it together; the test is skipped where the jar for spark-submit was not built. */
  public static Path assemble(Path folder) throws IOException {
    Optional<Path> jar = jars(TARGET).filter(SparkHome::isForSpark).findAny();
    assumeTrue(jar.isPresent(), "skipped: built with -Dshade.skip");
    Path sparkHome = Files.createDirectories(folder.resolve("spark home"));
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
    Files.writeString(script, SUBMIT.formatted(javaOpens()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return sparkHome;
  }

  /** The options that Spark needs on Java 17. */
  static String javaOpens() throws IOException {
    return Files.readString(TARGET.resolve("runtime/java-opens")).strip();
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
}
