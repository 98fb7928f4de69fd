// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A notebook as Jupyter keeps it.
 *
 * @param name of the file, without its ending
 */
public record Notebook(String name, List<Cell> cells) {
  private static final String ENDING = ".ipynb";

  /**
   * A cell.
   *
   * @param text what somebody wrote
   * @param outputs what came of it: text by kind, such as {@code stream} or {@code text/html}
   * @param count as the how manieth it ran; 0 for words and for what never ran
   */
  public record Cell(boolean code, String text, List<Map<String, String>> outputs, int count) {

    /** Whether it speaks to Jupyter's kernel and to nobody else. */
    boolean isMagic() {
      return code && text.startsWith("%");
    }

    private static Cell of(JsonNode cell) {
      return new Cell(
          cell.path("cell_type").asText().equals("code"),
          joined(cell.path("source")),
          each(cell.path("outputs")).map(Cell::output).toList(),
          cell.path("execution_count").asInt(0));
    }

    private static Map<String, String> output(JsonNode output) {
      Map<String, String> texts = new TreeMap<>();
      String type = output.path("output_type").asText();
      texts.put(type, joined(output.path("text")) + output.path("evalue").asText());
      texts.put("name", output.path("name").asText());
      output
          .path("data")
          .fields()
          .forEachRemaining(entry -> texts.put(entry.getKey(), joined(entry.getValue())));
      return texts;
    }
  }

  /** Where those of the project are. */
  public static Path folder() {
    return Path.of(System.getProperty("lakehouse.home"), "notebooks");
  }

  /** Those of the project, in their order. */
  public static List<Notebook> all() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      List<Notebook> all = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(ENDING)).sorted().toList()) {
        all.add(read(file));
      }
      return all;
    }
  }

  /** Reads one, with what it said when it last ran. */
  public static Notebook read(Path file) throws IOException {
    JsonNode root = Json.mapper().readTree(file.toFile());
    String name = file.getFileName().toString();
    return new Notebook(
        name.substring(0, name.length() - ENDING.length()),
        each(root.path("cells")).map(Cell::of).toList());
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Texts are kept as they are or line by line. */
  private static String joined(JsonNode text) {
    return text.isArray()
        ? each(text).map(JsonNode::asText).collect(Collectors.joining())
        : text.asText();
  }

  /** Where it is. */
  public Path file() {
    return folder().resolve(name + ENDING);
  }

  /** Cells of code that are no talk with the kernel. */
  List<String> code() {
    return cells.stream()
        .filter(Cell::code)
        .filter(cell -> !cell.isMagic())
        .map(Cell::text)
        .toList();
  }

  /** The same cells as a notebook of Databricks, in Scala, of which they are sentences too. */
  String forDatabricks() {
    return cells.stream()
        .filter(cell -> !cell.isMagic())
        .map(cell -> cell.code() ? cell.text() : "MAGIC %md\n" + cell.text())
        .map(text -> text.startsWith("MAGIC ") ? commented(text) : text + "\n")
        .collect(
            Collectors.joining(
                "\n// COMMAND ----------\n\n", "// Databricks notebook source\n", ""));
  }

  private static String commented(String text) {
    return text.substring("MAGIC ".length())
        .lines()
        .map(line -> ("// MAGIC " + line).strip() + "\n")
        .collect(Collectors.joining());
  }
}
