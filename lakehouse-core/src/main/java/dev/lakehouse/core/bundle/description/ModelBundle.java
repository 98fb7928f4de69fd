// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model as its {@code model.yaml} describes it: a lockstep set of towers and the digests of their
 * files. Holding one opens no file and loads nothing.
 */
public final class ModelBundle {
  private final ModelYaml yaml;
  private final BundleFiles files;
  private final String digest;

  private ModelBundle(ModelYaml yaml, BundleFiles files) {
    this.yaml = yaml;
    this.files = files;
    this.digest = yaml.digest();
  }

  public static ModelBundle read(BundleFiles files) throws IOException {
    try (var in = files.open(BundleFiles.MODEL_YAML)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new ModelBundle(ModelYaml.parse(text, files.place()), files);
    }
  }

  /** Lower-case words joined by {@code -}. */
  public String name() {
    return yaml.name();
  }

  /** Version of the weights, for people. */
  public String version() {
    return yaml.version();
  }

  /**
   * What it compares: {@code text}, {@code image}, {@code audio}, {@code clip} for pictures and
   * texts, {@code clap} for sounds and texts, {@code joint} for all three.
   */
  public String family() {
    return yaml.family();
  }

  /** SPDX name, or the licence's own. */
  public String licence() {
    return yaml.licence();
  }

  /** What the model is for, and not for. */
  public String description() {
    return yaml.description();
  }

  /** Figures that its makers measured, for people. */
  public Map<String, Object> metrics() {
    return yaml.metrics();
  }

  /**
   * Names every byte and every step that decides a vector of the towers' own networks; 64 hex
   * digits.
   */
  public String digest() {
    return digest;
  }

  /** Where the bundle is: a URI, a folder, or {@code embedded:<name>}. */
  public String place() {
    return files.place();
  }

  /** The towers that it has, in the order of their names. */
  public List<Tower> towers() {
    return List.copyOf(yaml.towers().values());
  }

  /** Names of the towers that it has, in their order. */
  public List<String> towerNames() {
    return List.copyOf(yaml.towers().keySet());
  }

  /**
   * A tower by name.
   *
   * @throws LakehouseException if the bundle has no such tower
   */
  public Tower tower(String name) {
    return towers().stream()
        .filter(tower -> tower.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "Bundle %s has no %s tower (found %s). Choose a bundle that has one",
                    name(),
                    name,
                    towerNames()));
  }

  /** The name that a tower goes by, together with those whose vectors stand beside its own. */
  public String joined(String tower) {
    return JointTowers.of(tower, towerNames());
  }

  /**
   * The precisions that a tower can be run in, its own first; of towers that go by one name those
   * of any of them, since they are run in one.
   */
  public List<Precision> precisions(String tower) {
    return JointTowers.in(joined(tower)).stream()
        .flatMap(name -> tower(name).graph().precisions().stream())
        .distinct()
        .toList();
  }

  /**
   * A tower with the network of a precision alone; of towers that go by one name, one that lacks it
   * is run with its own.
   *
   * @throws LakehouseException if the bundle has no such tower, or no such network
   */
  public Tower tower(String name, Precision precision) {
    Tower tower = tower(name);
    boolean others = precisions(name).contains(precision);
    return tower
        .graph()
        .in(precision)
        .or(() -> others ? tower.graph().in(tower.graph().precision()) : Optional.empty())
        .map(tower::with)
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "The %s tower of bundle %s has no %s network (found %s). Import one:"
                        + " 'lakehouse model import' of an export that has it beside the others",
                    name,
                    name(),
                    precision.word(),
                    tower.graph().precisions().stream().map(Precision::word).toList()));
  }

  /** Length of every vector that it makes. */
  public int dimension() {
    return towers().get(0).graph().dimension();
  }

  /** Every file that it is made of, each once; those of variants last. */
  public List<PinnedFile> contents() {
    Stream<PinnedFile> variants =
        towers().stream()
            .flatMap(tower -> tower.graph().variants().stream())
            .flatMap(variant -> variant.contents().stream());
    return Stream.concat(towers().stream().flatMap(tower -> tower.contents().stream()), variants)
        .distinct()
        .toList();
  }

  /** The text of its {@code model.yaml}, without comments. */
  public String describe() {
    return yaml.text();
  }

  public ModelYaml yaml() {
    return yaml;
  }

  public BundleFiles files() {
    return files;
  }

  @Override
  public String toString() {
    return "%s %s (%s, %s)".formatted(name(), version(), digest.substring(0, 8), place());
  }
}
