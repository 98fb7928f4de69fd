// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.core.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.jspecify.annotations.Nullable;

/**
 * What Delta noted beside the files of a version of the values that they hold, which is read
 * without a job. Every answer is false where it noted nothing.
 */
public final class NotedValues {
  private static final NotedValues OF_NO_ROWS = new NotedValues(Optional.of(List.of()));

  private final Optional<List<JsonNode>> files;

  private NotedValues(Optional<List<JsonNode>> files) {
    this.files = files;
  }

  static NotedValues ofNoRows() {
    return OF_NO_ROWS;
  }

  static NotedValues of(Snapshot snapshot) {
    return new NotedValues(
        ListedFiles.beside(snapshot)
            .map(files -> files.stream().map(AddFile::stats).map(NotedValues::parsed).toList()));
  }

  private static JsonNode parsed(@Nullable String figures) {
    try {
      return figures == null ? MissingNode.getInstance() : Json.mapper().readTree(figures);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // nothing that can be understood is nothing noted
    }
  }

  /** Whether every row has null in a column. */
  public boolean areNull(String column) {
    return areAll(file -> areNull(file, column));
  }

  private static boolean areNull(JsonNode file, String column) {
    JsonNode rows = file.path("numRecords");
    return rows.isNumber() && rows.equals(file.path("nullCount").path(column));
  }

  /** Whether no row has one of some words, of plain letters, in a column. */
  public boolean exclude(String column, String... words) {
    return areAll(
        file ->
            areNull(file, column)
                || Stream.of(words).allMatch(word -> isOutside(file, column, word)));
  }

  private static boolean isOutside(JsonNode file, String column, String word) {
    JsonNode least = file.path("minValues").path(column);
    JsonNode greatest = file.path("maxValues").path(column);
    return least.isTextual()
        && greatest.isTextual()
        && (word.compareTo(least.asText()) < 0 || word.compareTo(greatest.asText()) > 0);
  }

  /** Whether all rows of each file have the same text in a column, and each of these texts fits. */
  public boolean areOneEach(String column, Predicate<String> fits) {
    return areAll(
        file -> {
          JsonNode value = file.path("minValues").path(column);
          return value.isTextual()
              && value.equals(file.path("maxValues").path(column)) // a long one is noted in part
              && file.path("nullCount").path(column).asLong(1) == 0
              && fits.test(value.asText());
        });
  }

  private boolean areAll(Predicate<JsonNode> hold) {
    return files.filter(each -> each.stream().allMatch(hold)).isPresent();
  }
}
