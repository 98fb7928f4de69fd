// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.Notebook.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks were run to their end, and have a twin for Databricks that Scala understands. */
class TestNotebooks {
  @TempDir Path folder;

  @Test
  void eachWasRunFromItsFirstCellToItsLast() throws IOException {
    for (Notebook notebook : Notebook.all()) {
      List<Cell> code = notebook.cells().stream().filter(Cell::code).toList();

      assertThat(code)
          .as(notebook.name())
          .extracting(Cell::count)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, code.size()).boxed().toList());
      assertThat(code)
          .as(notebook.name())
          .flatExtracting(Cell::outputs)
          .isNotEmpty()
          .allSatisfy(output -> assertThat(output).doesNotContainKey("error"))
          .allSatisfy(output -> assertThat(output).doesNotContainEntry("name", "stderr"));
    }
  }

  @Test
  void noOutputTellsOfTheMachineItRanOn() throws IOException {
    for (Notebook notebook : Notebook.all()) {
      assertThat(notebook.cells())
          .as(notebook.name())
          .flatExtracting(Cell::outputs)
          .allSatisfy(
              output -> assertThat(output.values()).noneMatch(text -> text.contains("file:/")))
          .allSatisfy(
              output ->
                  assertThat(output.values())
                      .noneMatch(text -> text.contains(System.getProperty("user.home") + "/")));
    }
  }

  @Test
  void eachHasATwinForDatabricks() throws IOException {
    assertThat(Notebook.all()).hasSize(3);
    for (Notebook notebook : Notebook.all()) {
      RenderedFile.assertSame(
          "notebooks/databricks/" + notebook.name() + ".scala", notebook.forDatabricks());
    }
  }

  @Test
  void theTwinsAreScalaAndSoAreTheDocuments() throws IOException, InterruptedException {
    List<List<String>> all = new ArrayList<>(Notebook.all().stream().map(Notebook::code).toList());
    all.add(ofTheDocuments());

    assertThat(new ScalaCompiler(folder).complaints(all)).isEmpty();
  }

  private static List<String> ofTheDocuments() throws IOException {
    String page = Files.readString(Notebook.folder().resolveSibling("docs").resolve("sql.md"));
    Matcher block = Pattern.compile("```scala\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();
    String before =
        """
        import org.apache.spark.sql.functions._
        val texts: org.apache.spark.sql.DataFrame = null
        """;
    return List.of(before, block.group(1));
  }

  @Test
  void theCompilerWouldHaveComplained() throws IOException, InterruptedException {
    assertThat(
            new ScalaCompiler(folder).complaints(List.of(List.of("display(spark.noSuchThing());"))))
        .contains("noSuchThing");
  }

  @Test
  void theReadmeNamesEach() throws IOException {
    String readme = Files.readString(Notebook.folder().resolve("README.md"));
    for (Notebook notebook : Notebook.all()) {
      assertThat(readme).contains(notebook.file().getFileName().toString());
    }
  }
}
