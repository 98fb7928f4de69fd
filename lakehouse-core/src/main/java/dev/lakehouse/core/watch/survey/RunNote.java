// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.watch.report.ReportedRun;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run says of itself: its report or, where it left none, the note at its start.
 *
 * @param json as docs/json.md has it
 */
public record RunNote(JsonNode json) {

  /** Its id. */
  public String id() {
    return json.path("run").asText();
  }

  /** Whether it left a report, as a run does at its end. */
  public boolean isOver() {
    return json.path("exit_code").isNumber();
  }

  /** When it ended, if it did. */
  public Optional<Instant> ended() {
    return moment("ended");
  }

  ReportedRun reported(String lake) {
    JsonNode error = json.path("error");
    return new ReportedRun(
        id(),
        json.path("command").asText(),
        Shareable.text(json.path("lake").asText(lake)),
        moment("started"),
        ended(),
        isOver() ? Optional.of(json.path("exit_code").asInt()) : Optional.empty(),
        error.isObject()
            ? Optional.of(
                new ReportedRun.Failure(
                    error.path("code").asText(), Shareable.text(error.path("message").asText())))
            : Optional.empty());
  }

  private Optional<Instant> moment(String key) {
    try {
      return Optional.of(json.path(key).asText(""))
          .filter(text -> !text.isEmpty())
          .map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // the report of another version
    }
  }

  /** Version of each table when the run began; empty where it left no report. */
  Map<String, Long> before() {
    return versions("before");
  }

  /** Version of each table when it ended, likewise. */
  Map<String, Long> after() {
    return versions("after");
  }

  private Map<String, Long> versions(String key) {
    Map<String, Long> versions = new TreeMap<>();
    json.path(key)
        .fields()
        .forEachRemaining(table -> versions.put(table.getKey(), table.getValue().asLong()));
    return versions;
  }
}
