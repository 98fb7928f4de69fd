// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.asset.Modality;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The probes that measure, which decide what is measured, what rules may name and what a judgement
 * rests on.
 *
 * @param all one for a modality, in the order in which their figures are laid out
 */
public record Probes(List<Probe> all) implements Serializable {
  /** Of the table of outcome rows. */
  public static final String TABLE = "measurements";

  public Probes {
    all = List.copyOf(all);
  }

  /** The probe that measures the content of a modality, if one does. */
  public Optional<Probe> of(String modality) {
    return all.stream().filter(probe -> probe.modality().equals(modality)).findFirst();
  }

  /** A probe by its name, if it is among these. */
  public Optional<Probe> find(String name) {
    return all.stream().filter(probe -> probe.name().equals(name)).findFirst();
  }

  /**
   * A probe by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Probe named(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("No probe " + name));
  }

  /** The one that measures captions and passages. */
  public Probe ofCaptions() {
    return require(Modality.TEXT);
  }

  /** The one that measures pictures of films. */
  public Probe ofPictures() {
    return require(Modality.IMAGE);
  }

  private Probe require(Modality modality) {
    return of(modality.word())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No probe measures %s: %s".formatted(modality.word(), names())));
  }

  /** Their names, joined by commas. */
  public String names() {
    return all.stream().map(Probe::name).collect(Collectors.joining(","));
  }

  /** What is measured. */
  public List<String> modalities() {
    return all.stream().map(Probe::modality).toList();
  }

  /** The name of now for each name of before. */
  public Map<String, String> before() {
    Map<String, String> before = new TreeMap<>();
    all.forEach(probe -> probe.before().forEach(name -> before.put(name, probe.name())));
    return before;
  }

  /** How much a content holds, as SQL; NULL where no probe says so. */
  public String amount() {
    return all.stream().map(Probe::amount).collect(Collectors.joining(", ", "coalesce(", ")"));
  }

  /** Every figure of every probe. */
  List<Column> figures() {
    return all.stream().map(Probe::columns).flatMap(Collection::stream).toList();
  }

  /** One outcome row for each content and probe: typed figures, or what stood in the way. */
  public Table measurements() {
    List<Column> columns = new ArrayList<>();
    columns.add(required("sha256", STRING, "digest of the measured content"));
    columns.add(required("probe", STRING, "name and version of what measured: image@2 or text@2"));
    columns.addAll(outcome());
    columns.addAll(figures());
    columns.add(warnings());
    columns.add(required("run", STRING, "run that measured it"));
    return new Table(TABLE, columns, List.of("sha256", "probe"));
  }

  /** What every outcome row says beside figures. */
  static List<Column> outcome() {
    return List.of(
        optional("error_class", STRING, "input, storage, limit or internal"),
        optional("error_code", STRING, "stable code"),
        optional("error_message", STRING, "for people"),
        required("attempts", INT, "how often it was tried"));
  }

  /** The one figure that all probes share. */
  static Column warnings() {
    return optional("warnings", new ArrayOf(STRING), "what the decoder complained of");
  }

  /** The rules that no policy can relax. */
  public List<Rule> contract() {
    return Contract.rules(modalities());
  }

  /** The view that rules are written over. */
  public Judged judged() {
    return new Judged(this);
  }
}
