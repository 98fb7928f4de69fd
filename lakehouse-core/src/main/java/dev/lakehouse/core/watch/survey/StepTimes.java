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
    return source.isEmpty() ? name : name + " " + source;
  }

  private static String did(JsonNode result) {
    if (result.has("seen")) {
      return "%s seen, %,d new, %,d changed, %,d dead letters"
          .formatted(
              Counted.of(result.path("seen").asLong(), "item"),
              result.path("added").asLong(),
              result.path("updated").asLong(),
              result.path("dead_letters").asLong());
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
    return "%,d of %s computed, %,d failed in all"
        .formatted(
            counts.path("computed").asLong(),
            Counted.of(counts.path("items").asLong(), "item"),
            counts.path("failed").asLong());
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
    double infer = work.path("infer_seconds").asDouble();
    String most =
        fetch >= prepare && fetch >= infer
            ? "storage"
            : prepare >= infer ? "decoding" : "the model";
    return String.format(
        Locale.ROOT,
        "%s: %s (storage %.1f s, decoding %.1f s, model %.1f s; device busy %.0f %%; writing %.1f s)",
        tower,
        most,
        fetch,
        prepare,
        infer,
        100 * work.path("device_busy_share").asDouble(),
        work.path("write_seconds").asDouble());
  }
}
