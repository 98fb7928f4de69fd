// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.BOOLEAN;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.StructOf;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The view that rules are written over: one row for each active asset, with its facts, the
 * measurements of its content and those of its captions, passages and keyframes.
 */
public final class Judged {
  private static final Set<String> NOT_OF_ASSETS = Set.of("captions", "state");
  private static final Set<String> IMAGE_FACTS = Set.of("captions", "captions_declared");

  /** Of an outcome, what a part has too. */
  private static final String OF_PARTS = "error_code";

  private final Probes probes;
  private final List<Column> caption;
  private final List<Column> keyframe;
  private final Table view;

  Judged(Probes probes) {
    this.probes = probes;
    this.caption =
        partColumns(
            required("text", STRING, "the caption"), "its UTF-8 bytes", probes.ofCaptions());
    this.keyframe =
        partColumns(
            required("segment", STRING, "the seconds that it stands for"),
            "the picture",
            probes.ofPictures());
    this.view = new Table("judged", columns(), List.of("asset_id"));
  }

  /** The figures of a caption or passage: its text and digest, then what its probe found. */
  public List<Column> caption() {
    return caption;
  }

  /** The figures of a picture of a film: its time and digest, then what its probe found. */
  public List<Column> keyframe() {
    return keyframe;
  }

  /** The view as a table: every column that a rule may name. */
  public Table view() {
    return view;
  }

  /** Which modality a column can have a value for, or {@code all}. */
  public String media(String column) {
    return probes.all().stream()
        .filter(probe -> probe.columns().stream().anyMatch(own -> own.name().equals(column)))
        .map(Probe::modality)
        .findFirst()
        .orElse(IMAGE_FACTS.contains(column) ? "image" : Rule.ALL);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (Column column : Tables.ASSETS.columns()) {
      if (!NOT_OF_ASSETS.contains(column.name())) {
        columns.add(column);
      }
    }
    columns.add(required("measured", BOOLEAN, "whether the content has an outcome row"));
    Probes.outcome().forEach(column -> columns.add(mayBeAbsent(column)));
    columns.addAll(probes.figures());
    columns.add(Probes.warnings());
    columns.add(each("captions", caption, "each caption with its figures"));
    columns.add(each("passages", caption, "each passage with its figures"));
    columns.add(each("keyframes", keyframe, "each picture of a film with its figures"));
    return columns;
  }

  private static Column each(String name, List<Column> fields, String meaning) {
    return required(name, new ArrayOf(new StructOf(fields)), meaning);
  }

  private static List<Column> partColumns(Column first, String of, Probe probe) {
    List<Column> columns = new ArrayList<>();
    columns.add(first);
    columns.add(required("sha256", STRING, "digest of " + of));
    columns.add(required("measured", BOOLEAN, "whether it has an outcome row"));
    Probes.outcome().stream()
        .filter(column -> column.name().equals(OF_PARTS))
        .forEach(columns::add);
    columns.addAll(probe.columns());
    return List.copyOf(columns);
  }

  private static Column mayBeAbsent(Column column) {
    return optional(column.name(), column.type(), column.meaning());
  }
}
