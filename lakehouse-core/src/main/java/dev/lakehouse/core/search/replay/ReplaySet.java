// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The questions that a lake keeps, each once. A value; who changes it hands a changed one to {@link
 * ReplayMemory#keep}.
 *
 * @param queries in the order in which they came
 */
public record ReplaySet(List<ReplayQuery> queries) {

  public ReplaySet {
    queries = List.copyOf(queries);
  }

  /** The same with more; one that is there already expects from now on what the new one does. */
  public ReplaySet with(Collection<ReplayQuery> more) {
    Map<String, ReplayQuery> all = new LinkedHashMap<>();
    queries.forEach(query -> all.put(query.id(), query));
    more.forEach(query -> all.put(query.id(), query));
    return new ReplaySet(List.copyOf(all.values()));
  }

  /**
   * The same without some.
   *
   * @param ids of these, or how they begin
   * @throws LakehouseException CONFIG_INVALID if one names none, or several
   */
  public ReplaySet without(Collection<String> ids) {
    Set<String> leaving = new TreeSet<>();
    for (String id : ids) {
      List<String> found =
          queries.stream().map(ReplayQuery::id).filter(each -> each.startsWith(id)).toList();
      if (found.size() != 1 || id.isEmpty()) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "'%s' names %s of the %d questions for replay: expected one. 'lakehouse replay list' shows"
                + " their ids",
            id,
            found.isEmpty() ? "none" : String.valueOf(found.size()),
            queries.size());
      }
      leaving.addAll(found);
    }
    return new ReplaySet(queries.stream().filter(query -> !leaving.contains(query.id())).toList());
  }

  /**
   * Reads questions, one a line, as {@link ReplayQuery#toJson} writes them; empty lines count as
   * none.
   *
   * @param place for messages
   * @throws LakehouseException CONFIG_INVALID naming the line that is wrong
   */
  public static List<ReplayQuery> lines(String text, String place) {
    List<ReplayQuery> queries = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      if (!line.isBlank()) {
        queries.add(line(line, "line %d of %s".formatted(number, place)));
      }
    }
    return queries;
  }

  private static ReplayQuery line(String line, String place) {
    try {
      return ReplayQuery.of(Json.mapper().readTree(line));
    } catch (JsonProcessingException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read %s: expected a JSON object but found %s. Write one question a line",
          place,
          e.getOriginalMessage());
    } catch (LakehouseException e) {
      throw LakehouseException.because(e, e.code(), "In %s: %s", place, e.getMessage());
    }
  }

  /** As JSON: {@code {"queries": [query]}}. */
  public Map<String, Object> toJson() {
    return Map.of("queries", queries.stream().map(ReplayQuery::toJson).toList());
  }

  static ReplaySet of(JsonNode json) {
    List<ReplayQuery> queries = new ArrayList<>();
    json.path("queries").forEach(query -> queries.add(ReplayQuery.of(query)));
    return new ReplaySet(queries);
  }
}
