// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The jar for spark-submit holds our classes, relocated ones, and those of libraries that are
 * listed here: whatever else were in it could stand in the way of what a cluster or its user has.
 */
class TestSparkJar {
  private static final Path TARGET =
      Path.of(System.getProperty("lakehouse.home"), "lakehouse-dist", "target");

  /** What we bring: where a name belongs to Spark, what Delta puts beside Spark's own. */
  private static final List<String> BROUGHT =
      List.of(
          "dev/lakehouse/",
          "ai/djl/",
          "ai/onnxruntime/",
          "com/databricks/spark/util/",
          "com/fasterxml/jackson/datatype/jdk8/",
          "com/fasterxml/jackson/datatype/jsr310/",
          "com/fasterxml/jackson/jaxrs/",
          "com/fasterxml/jackson/module/jaxb/",
          "com/sun/jna/",
          "com/twelvemonkeys/",
          "io/delta/",
          "io/questdb/jar/jni/",
          "opennlp/tools/",
          "org/apache/arrow/c/",
          "org/apache/arrow/dataset/",
          "org/apache/arrow/vector/",
          "org/apache/spark/internal/",
          "org/apache/spark/sql/",
          "org/apache/tika/",
          "org/bytedeco/",
          "org/jspecify/annotations/",
          "org/lance/",
          "org/openapitools/jackson/",
          "picocli/");

  private static Path jar = TARGET;
  private static Set<String> entries = Set.of();
  private static Set<String> classes = Set.of();

  @BeforeAll
  static void read() throws IOException {
    Optional<Path> built;
    try (Stream<Path> files = Files.list(TARGET)) {
      built = files.filter(file -> file.toString().contains("-spark3.5_")).findAny();
    }
    assumeTrue(built.isPresent(), "skipped: built with -Dshade.skip");
    jar = built.get();
    entries = entries(jar);
    classes = classes(entries);
  }

  @Test
  void holdsNoClassThatIsNotListed() {
    assertThat(classes).hasSizeGreaterThan(8_000);
    assertThat(classes).filteredOn(name -> BROUGHT.stream().noneMatch(name::startsWith)).isEmpty();
  }

  @Test
  void listsNothingThatIsNotThere() {
    assertThat(BROUGHT)
        .allMatch(prefix -> classes.stream().anyMatch(name -> name.startsWith(prefix)));
  }

  @Test
  void holdsNoClassThatSparkHas() throws IOException {
    Set<String> ofSpark = new HashSet<>();
    try (Stream<Path> jars = Files.list(TARGET.resolve("runtime/spark"))) {
      for (Path each : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        ofSpark.addAll(classes(entries(each)));
      }
    }

    assertThat(ofSpark).hasSizeGreaterThan(10_000);
    assertThat(classes).doesNotContainAnyElementsOf(ofSpark);
  }

  @Test
  void bringsItsLicencesAndNoSignatures() {
    assertThat(entries).contains("META-INF/LICENSE", "META-INF/NOTICE");
    assertThat(entries).noneMatch(name -> name.matches("META-INF/[^/]+[.](SF|DSA|RSA)"));
  }

  /** 264 MB: a model (83), natives for Linux x86-64 (97), the program that reads documents (41). */
  @Test
  void isNoLargerThanItWas() throws IOException {
    assertThat(Files.size(jar)).isLessThan(280_000_000);
  }

  private static Set<String> entries(Path file) throws IOException {
    try (JarFile open = new JarFile(file.toFile())) {
      return new HashSet<>(open.stream().map(ZipEntry::getName).toList());
    }
  }

  /** Names of classes, those for later versions of Java among the others. */
  private static Set<String> classes(Set<String> entries) {
    return new HashSet<>(
        entries.stream()
            .filter(name -> name.endsWith(".class"))
            .filter(name -> !name.endsWith("module-info.class"))
            .map(name -> name.replaceFirst("^META-INF/versions/[0-9]+/", ""))
            .toList());
  }
}
