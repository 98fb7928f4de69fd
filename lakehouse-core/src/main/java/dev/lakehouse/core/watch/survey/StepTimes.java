// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Counted;
import dev.lakehouse.core.watch.report.StepTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the time of a run went, as its report tells it. */
final class StepTimes {
  /** Of the time of a step, what models may leave before the rest is what bounded it. */
  private static final double MOSTLY = 0.5;

  /** Of the time of a device, from what on nothing else could have made it faster. */
  private static final double BUSY = 0.8;

  private StepTimes() {}

  static List<StepTime> of(RunNote run) {
    List<StepTime> steps = new ArrayList<>();
    for (JsonNode step : run.json().path("steps")) {
      JsonNode result = step.path("result");
      double seconds = step.path("seconds").asDouble();
      steps.add(
          new StepTime(
              name(step, result), seconds, did(result), bounds(seconds, result.path("encoders"))));
    }
    return steps;
  }

  private static String name(JsonNode step, JsonNode result) {
    String source = result.path("source").asText("");
    String name = step.path("name").asText();
    return source.isEmpty() ? name : name + " " + Shareable.text(source);
  }

  private static String did(JsonNode result) {
    if (result.has("seen")) {
      return "%s seen, %s new, %s changed, %s"
          .formatted(
              Counted.of(result.path("seen").asLong(), "item"),
              Counted.of(result.path("added").asLong()),
              Counted.of(result.path("updated").asLong()),
              Counted.of(result.path("dead_letters").asLong(), "dead letter"));
    }
    if (result.has("computed")) {
      return computed(result);
    }
    if (result.has("counts")) {
      return computed(result.path("counts"));
    }
    if (result.has("clusters")) {
      return "%s of copies".formatted(Counted.of(result.path("clusters").asLong(), "group"));
    }
    if (result.has("judgement_id")) {
      return "by policy " + result.path("policy").asText();
    }
    return result.has("outcome") ? result.path("outcome").asText().toLowerCase(Locale.ROOT) : "";
  }

  private static String computed(JsonNode counts) {
    return "%s of %s computed, %s failed in all"
        .formatted(
            Counted.of(counts.path("computed").asLong()),
            Counted.of(counts.path("items").asLong(), "item"),
            Counted.of(counts.path("failed").asLong()));
  }

  private static List<String> bounds(double seconds, JsonNode encoders) {
    List<String> bounds = new ArrayList<>();
    double computing = 0;
    for (Map.Entry<String, JsonNode> encoder : encoders.properties()) {
      JsonNode work = encoder.getValue();
      computing += work.path("compute_seconds").asDouble() + work.path("write_seconds").asDouble();
      if (work.path("items").asLong() > 0) {
        bounds.add(bound(encoder.getKey(), work));
      }
    }
    if (!bounds.isEmpty() && computing < MOSTLY * seconds) {
      bounds.add(
          String.format(
              Locale.ROOT,
              "%.1f s of the step were neither computing nor writing: starting and planning",
              seconds - computing));
    }
    return bounds;
  }

  private static String bound(String tower, JsonNode work) {
    double fetch = work.path("fetch_seconds").asDouble();
    double prepare = work.path("prepare_seconds").asDouble();
    double busy = work.path("device_busy_share").asDouble();
    String most = busy >= BUSY ? "the model" : fetch >= prepare ? "storage" : "decoding";
    return String.format(
        Locale.ROOT,
        "%s: %s (device busy %.0f %%; of all threads storage %.1f s, decoding %.1f s, model %.1f s;"
            + " writing %.1f s)",
        tower,
        most,
        100 * busy,
        fetch,
        prepare,
        work.path("infer_seconds").asDouble(),
        work.path("write_seconds").asDouble());
  }
}
