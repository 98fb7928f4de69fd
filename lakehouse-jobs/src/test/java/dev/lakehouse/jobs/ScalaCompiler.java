// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Scala's own compiler, in a process of its own, with what a notebook of Databricks finds there.
 *
 * @param folder for its files
 */
record ScalaCompiler(Path folder) {
  private static final int PATIENCE_MINUTES = 15;

  private static final String AROUND =
      """
      object Notebook%d {
        val spark: org.apache.spark.sql.SparkSession = null
        def display(rows: org.apache.spark.sql.Dataset[org.apache.spark.sql.Row]): Unit = ()
        def displayHTML(html: String): Unit = ()
      %s
      }
      """;

  /**
   * What it says against some notebooks; nothing where they are right.
   *
   * @param notebooks cells of each
   */
  String complaints(List<List<String>> notebooks) throws IOException, InterruptedException {
    Path source = folder.resolve("Notebooks.scala");
    StringBuilder objects = new StringBuilder();
    for (int i = 0; i < notebooks.size(); i++) {
      objects.append(AROUND.formatted(i, String.join("\n", notebooks.get(i))));
    }
    Files.writeString(source, objects);
    Path said = folder.resolve("said.txt");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "scala.tools.nsc.Main",
                "-usejavacp",
                "-nowarn",
                "-d",
                classes.toString(),
                source.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("The compiler did not end: " + Files.readString(said));
    }
    String text = Files.readString(said);
    return process.exitValue() == 0 ? "" : text.isBlank() ? "exit " + process.exitValue() : text;
  }
}
