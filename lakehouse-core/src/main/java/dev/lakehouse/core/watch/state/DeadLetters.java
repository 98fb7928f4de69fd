// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.AssetId;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.LakeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything that could not be taken, measured or embedded, with the item that it concerns.
 *
 * <p>What ingest could not take is a table; the others are a view over outcome rows, so a retry
 * that succeeds needs no clean-up.
 *
 * @param lake that is looked at
 * @param probes in use; errors of others concern nobody
 * @param encoders digests of the encoders in use; errors of others concern nobody
 */
public record DeadLetters(LakeReader lake, Probes probes, Set<String> encoders) {
  private static final List<String> ERROR =
      List.of("error_class", "error_code", "error_message", "run");

  private static final List<String> ITEM = List.of("source", "source_uri", "key", "asset_id");

  public DeadLetters {
    encoders = Set.copyOf(encoders);
  }

  /** Rows of {@link Tables#DEAD_LETTERS}. */
  public List<Values> rows() {
    List<Values> letters = new ArrayList<>();
    lake.forEach(
        Tables.DEAD_LETTERS,
        Tables.DEAD_LETTERS.names(),
        row -> letters.add(row.set("asset_id", assetId(row))));
    addMeasured(letters);
    addEmbedded(letters);
    return letters;
  }

  private static String assetId(Values letter) {
    return letter
        .text("asset_id")
        .orElseGet(
            () ->
                AssetId.of(
                    letter.require("source", String.class), letter.require("key", String.class)));
  }

  private void addMeasured(List<Values> letters) {
    Map<String, List<Values>> failed = failedMeasurements();
    Set<List<Object>> known = new HashSet<>();
    forItems(
        failed,
        Tables.ASSETS,
        List.of("state", "captions"),
        asset -> {
          if (asset.text("state").filter("active"::equals).isPresent()) {
            for (Segment segment : Segment.of(asset)) {
              Optional<String> probe = probes.of(segment.modality()).map(Probe::name);
              of(failed, segment.sha256())
                  .filter(error -> error.text("probe").equals(probe))
                  .map(error -> letter(asset, segment, error, "measure"))
                  .filter(letter -> known.add(Arrays.asList(letter.toArray())))
                  .forEach(letters::add);
            }
          }
        });
  }

  /** Errors of the probes of now and, where a content has no outcome of these, of those before. */
  private Map<String, List<Values>> failedMeasurements() {
    Map<String, List<Values>> failed =
        failed(Kinds.MEASUREMENTS, List.of("sha256", "probe"), row -> true);
    Map<String, String> before = probes.before();
    if (failed.values().stream()
        .flatMap(List::stream)
        .noneMatch(error -> before.containsKey(probe(error)))) {
      return failed;
    }
    Set<List<String>> anew = new HashSet<>();
    lake.forEach(
        Kinds.MEASUREMENTS,
        List.of("sha256", "probe"),
        row -> {
          String sha256 = row.require("sha256", String.class);
          if (failed.containsKey(sha256)) {
            anew.add(List.of(sha256, row.require("probe", String.class)));
          }
        });
    failed.forEach(
        (sha256, errors) -> {
          errors.removeIf(
              error ->
                  before.containsKey(probe(error))
                      && anew.contains(List.of(sha256, before.get(probe(error)))));
          errors.forEach(
              error -> error.set("probe", before.getOrDefault(probe(error), probe(error))));
        });
    return failed;
  }

  private static String probe(Values error) {
    return error.require("probe", String.class);
  }

  private void addEmbedded(List<Values> letters) {
    Set<List<Object>> known = new HashSet<>(); // two families may fail alike
    Map<String, List<Values>> failed =
        failed(
            Tables.EMBEDDINGS,
            List.of("input_sha256", "encoder", "tower"),
            row -> row.text("encoder").filter(encoders::contains).isPresent());
    forItems(
        failed,
        Tables.FILTERED,
        List.of("captions"),
        asset -> {
          for (Segment segment : Segment.of(asset)) {
            of(failed, segment.sha256())
                .filter(error -> error.text("tower").filter(segment.modality()::equals).isPresent())
                .map(error -> letter(asset, segment, error, "embed"))
                .filter(letter -> known.add(Arrays.asList(letter.toArray())))
                .forEach(letters::add);
          }
        });
  }

  /** Outcome rows that are errors, by their input, which is the first of the columns. */
  private Map<String, List<Values>> failed(
      Table table, List<String> columns, Predicate<Values> concerns) {
    Map<String, List<Values>> failed = new HashMap<>();
    lake.forEach(
        table,
        Stream.concat(columns.stream(), ERROR.stream()).toList(),
        row -> {
          if (row.find("error_code").isPresent() && concerns.test(row)) {
            failed
                .computeIfAbsent(
                    row.require(columns.get(0), String.class), key -> new ArrayList<>())
                .add(row);
          }
        });
    return failed;
  }

  private void forItems(
      Map<String, List<Values>> failed, Table table, List<String> more, Consumer<Values> visitor) {
    if (!failed.isEmpty()) {
      lake.forEach(
          table,
          Stream.of(ITEM, List.of("modality", "sha256"), more).flatMap(List::stream).toList(),
          visitor);
    }
  }

  private static Stream<Values> of(Map<String, List<Values>> failed, String digest) {
    return failed.getOrDefault(digest, List.of()).stream();
  }

  private static Values letter(Values asset, Segment segment, Values error, String stage) {
    Values letter =
        Values.of(Tables.DEAD_LETTERS).set("stage", stage).set("segment", segment.name());
    for (Column column : Tables.DEAD_LETTERS.columns()) {
      String name = column.name();
      if (ERROR.contains(name)) {
        letter.set(name, error.find(name).orElse(null));
      } else if (ITEM.contains(name)) {
        letter.set(name, asset.find(name).orElse(null));
      }
    }
    return letter;
  }
}
