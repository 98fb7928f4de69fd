// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands in {@code model.yaml}.
 *
 * @param name lower-case words joined by {@code -}
 * @param version of the weights, for people
 * @param family what it compares: text, image, audio, clip for pictures and texts, clap for sounds
 *     and texts, joint for all three
 * @param licence SPDX name, or the licence's own
 * @param description what the model is for and not for
 * @param towers what turns items into vectors, all of one dimension
 * @param metrics figures that its makers measured, for people
 */
public record ModelYaml(
    String name,
    String version,
    String family,
    String licence,
    String description,
    Map<String, Tower> towers,
    Map<String, Object> metrics) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([-.][a-z0-9]+)*");

  /** The towers of a bundle, by the word for what they compare. */
  static final Map<String, Set<String>> FAMILIES =
      new TreeMap<>(
          Map.of(
              "text", Set.of(Tower.TEXT),
              "image", Set.of(Tower.IMAGE),
              "audio", Set.of(Tower.AUDIO),
              "clap", Set.of(Tower.AUDIO, Tower.TEXT),
              "joint", Set.of(Tower.AUDIO, Tower.IMAGE, Tower.TEXT),
              "clip", Set.of(Tower.IMAGE, Tower.TEXT)));

  private static final JsonMapper CANONICAL =
      configured(JsonMapper.builder())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();
  private static final YAMLMapper YAML =
      configured(
              YAMLMapper.builder(
                  YAMLFactory.builder()
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                      .build()))
          .build();

  public ModelYaml {
    requireNonNull(name, "name is missing");
    checkName(name);
    requireNonNull(version, "version is missing");
    requireNonNull(licence, "licence is missing");
    requireNonNull(towers, "towers are missing");
    towers = new TreeMap<>(towers);
    towers.forEach(ModelYaml::requireName);
    requireFamily(family, towers);
    metrics = metrics == null ? Map.of() : metrics;
    description = description == null ? "" : description;
  }

  /**
   * Refuses what cannot be the name of a bundle, before it is a folder.
   *
   * @throws LakehouseException naming it
   */
  public static void requireName(String name) {
    try {
      checkName(name);
    } catch (IllegalArgumentException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.MODEL_INVALID,
          "Cannot import a model: %s. Choose one with --name",
          e.getMessage());
    }
  }

  private static void checkName(String name) {
    check(NAME.matcher(name).matches(), "name '%s': expected lower-case words joined by '-'", name);
  }

  private static void requireName(String name, Tower tower) {
    check(
        tower.name().equals(name),
        "towers.%s: it has what a tower named '%s' has; expected that name",
        name,
        tower.name());
  }

  private static void requireFamily(String family, Map<String, Tower> towers) {
    Set<String> expected = FAMILIES.getOrDefault(String.valueOf(family), Set.of());
    check(!expected.isEmpty(), "family '%s': expected one of %s", family, FAMILIES.keySet());
    check(
        towers.keySet().equals(expected),
        "family %s: expected the towers %s, found %s",
        family,
        new TreeSet<>(expected),
        towers.keySet());
    Map<String, Integer> dimensions = new TreeMap<>();
    towers.forEach((name, tower) -> dimensions.put(name, tower.graph().dimension()));
    check(
        Set.copyOf(dimensions.values()).size() == 1,
        "towers of different spaces: their dimensions are %s",
        dimensions);
  }

  /**
   * Reads the text of a {@code model.yaml}.
   *
   * @param place where it was found, for people
   */
  static ModelYaml parse(String yaml, String place) {
    try {
      return YAML.readValue(yaml, ModelYaml.class);
    } catch (JsonMappingException e) {
      throw invalid(e, place, path(e) + root(e));
    } catch (JsonProcessingException e) {
      throw invalid(e, place, e.getOriginalMessage());
    }
  }

  private static LakehouseException invalid(Throwable cause, String place, String reason) {
    return LakehouseException.because(
        cause,
        ErrorCode.MODEL_INVALID,
        "Cannot read %s/%s: %s",
        place,
        BundleFiles.MODEL_YAML,
        reason);
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(step -> String.valueOf(step.getFieldName()))
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String root(JsonMappingException e) {
    Throwable cause = e.getCause();
    String message = cause == null ? e.getOriginalMessage() : cause.getMessage();
    return message == null ? e.toString() : message.replaceFirst(" \\(set Deserialization.*", "");
  }

  /**
   * The same with the variants of another description of the same model.
   *
   * @throws IllegalArgumentException if a precision has another network there
   */
  public ModelYaml extendedBy(ModelYaml other) {
    return new ModelYaml(
        name, version, family, licence, description, towersExtendedBy(other.towers), metrics);
  }

  private Map<String, Tower> towersExtendedBy(Map<String, Tower> others) {
    return changed(
        (name, tower) ->
            Optional.ofNullable(others.get(name))
                .map(other -> tower.with(tower.graph().extendedBy(other.graph().variants())))
                .orElse(tower));
  }

  private Map<String, Tower> changed(BiFunction<String, Tower, Tower> change) {
    Map<String, Tower> changed = new TreeMap<>(towers);
    changed.replaceAll(change);
    return changed;
  }

  /** The text of a {@code model.yaml}. */
  public String text() {
    try {
      return YAML.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a model.yaml", e);
    }
  }

  /**
   * The digest of everything that decides a vector: the towers as canonical JSON, in which each
   * file stands with its SHA-256. Name, licence and figures are not in it, and neither are
   * variants: vectors of a tower's own network stay what they are when one is added.
   */
  public String digest() {
    try {
      String canonical =
          CANONICAL.writeValueAsString(
              changed((name, tower) -> tower.with(tower.graph().withVariants(List.of()))));
      return Digests.ofParts(List.of("bundle@1", family, canonical));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the towers as JSON", e);
    }
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configured(B builder) {
    return builder
        .addModule(new Jdk8Module())
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }
}
