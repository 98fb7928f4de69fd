// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.jobs.Notebook;
import dev.lakehouse.jobs.Notebook.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks run from end to end by Jupyter itself, from what is packaged. */
@Tag("slow")
class TestNotebooksRun {
  private static final int PATIENCE_MINUTES = 40;
  private static final int STARTS = 5;

  @TempDir Path folder;

  @Test
  void eachRunsToItsEnd() throws IOException, InterruptedException {
    requireJupyter();
    for (Notebook notebook : Notebook.all()) {
      assertThat(execute(notebook.file())).as(said()).isZero();

      Notebook run = Notebook.read(folder.resolve(notebook.file().getFileName()));
      assertThat(run.cells()).hasSameSizeAs(notebook.cells());
      assertThat(run.cells())
          .flatExtracting(Cell::outputs)
          .isNotEmpty()
          .allSatisfy(output -> assertThat(output).doesNotContainKey("error"));
    }
  }

  @Test
  void aFailingCellEndsIt() throws IOException, InterruptedException {
    requireJupyter();
    String text = Files.readString(Notebook.all().get(0).file());
    String first = "import dev.lakehouse.core.demo.DemoData;\\n";
    assertThat(text).contains(first);
    Path broken = Notebook.folder().resolve("target").resolve("broken.ipynb");
    Files.createDirectories(broken.getParent());
    Files.writeString(broken, text.replace(first, "spark.sql(\\\"no query\\\");\\n"));

    assertThat(execute(broken)).isNotZero();
    assertThat(said()).contains("no query");
  }

  /** A kernel that hears of Jupyter before it listens itself stays silent: it is started again. */
  private int execute(Path notebook) throws IOException, InterruptedException {
    int exitCode = 1;
    for (int start = 0; start < STARTS && exitCode != 0; start++) {
      exitCode = executeOnce(notebook);
      if (!said().contains("Kernel didn't respond")) {
        return exitCode;
      }
    }
    return exitCode;
  }

  private int executeOnce(Path notebook) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Notebook.folder().resolve("jupyter").toString(),
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--ExecutePreprocessor.timeout=-1",
            "--ExecutePreprocessor.startup_timeout=120",
            "--output-dir",
            folder.toString(),
            notebook.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LAKEHOUSE_MEMORY", "2g");
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError("Not over: " + said());
    }
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(
        folder.resolve("said.txt"), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static void requireJupyter() {
    List<String> path = List.of(System.getenv("PATH").split(java.io.File.pathSeparator));
    boolean there =
        Stream.of("jupyter", "jupyter-nbconvert")
            .allMatch(name -> path.stream().anyMatch(at -> Files.isExecutable(Path.of(at, name))));
    assumeTrue(there, "no jupyter with nbconvert on the PATH: notebooks are not run");
  }
}
