// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import dev.lakehouse.core.Setting.Bounds;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The effective settings of a command, each with where it came from.
 *
 * <p>Precedence: {@code --set}, then the environment ({@code LAKEHOUSE_EMBED_BATCH_SIZE}), then
 * Spark's configuration ({@code spark.lakehouse.…}), then the settings file, then what the lake
 * keeps, then the default. A key that nobody declared is an error with the nearest declared one as
 * a suggestion.
 */
public final class Settings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "lakehouse.";

  /** Where values come from that a lake was given before and keeps. */
  public static final String KEPT = "kept in the lake";

  /** A value and where it came from. */
  public record Effective(String value, String origin) implements Serializable {}

  private final LinkedHashMap<String, Effective> values;
  private final TreeSet<String> remarks;

  private Settings(LinkedHashMap<String, Effective> values, TreeSet<String> remarks) {
    this.values = values;
    this.remarks = remarks;
  }

  /** Nothing but defaults. */
  public static Settings defaults() {
    return new Settings(new LinkedHashMap<>(), new TreeSet<>());
  }

  /**
   * Adds values that give way to those already here.
   *
   * @param origin where they came from, for people
   * @throws LakehouseException if a key is unknown
   */
  public Settings orElse(Map<String, String> weaker, String origin) {
    LinkedHashMap<String, Effective> merged = new LinkedHashMap<>(values);
    TreeSet<String> said = new TreeSet<>(remarks);
    named(weaker, origin, said)
        .forEach(
            (key, value) -> {
              requireKnown(key, origin);
              merged.putIfAbsent(key, new Effective(value, origin));
            });
    return new Settings(merged, said);
  }

  /** The same by the names that settings have now. */
  private static Map<String, String> named(
      Map<String, String> said, String origin, Set<String> remarks) {
    Map<String, String> named = new LinkedHashMap<>();
    said.forEach(
        (key, value) -> {
          Setting now = Setting.FORMER.get(key);
          String name = now == null ? key : now.key();
          if (now != null && !origin.equals(KEPT)) {
            remarks.add("%s (from %s) is %s now".formatted(key, origin, name));
          }
          String before = named.put(name, value);
          if (before != null && !before.equals(value)) {
            throw LakehouseException.of(
                ErrorCode.CONFIG_INVALID,
                "%s says '%s' and '%s' for %s, once under its former name. Keep one of the two",
                origin,
                before,
                value,
                name);
          }
        });
    return named;
  }

  /** What those who wrote these settings should know, a line for each. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Adds what the environment sets: {@code LAKEHOUSE_A_B_C} for {@code lakehouse.a.b-c}. */
  public Settings orElseEnvironment(Map<String, String> environment) {
    Map<String, String> found = new LinkedHashMap<>();
    Stream.concat(
            Setting.all().stream().map(Setting::key), Setting.FORMER.keySet().stream().sorted())
        .forEach(
            key -> {
              String value = environment.get(variable(key));
              if (value != null) {
                found.put(key, value);
              }
            });
    environment.forEach(
        (name, value) -> {
          String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
          if (Setting.familyOf(key).isPresent() && name.equals(variable(key))) {
            found.put(key, value);
          }
        });
    return orElse(found, "environment");
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Adds the {@code spark.lakehouse.…} entries of a Spark configuration. */
  public Settings orElseSpark(Map<String, String> sparkConf) {
    Map<String, String> found = new LinkedHashMap<>();
    sparkConf.forEach(
        (key, value) -> {
          if (key.startsWith("spark." + PREFIX)) {
            found.put(key.substring("spark.".length()), value);
          }
        });
    return orElse(found, "spark configuration");
  }

  /**
   * Adds a settings file, YAML or Java-style {@code key=value} lines, keys in full.
   *
   * @throws LakehouseException if it cannot be read or understood
   */
  public Settings orElseFile(Path file) {
    return orElse(SettingsFile.entries(file), file.toString());
  }

  private static void requireKnown(String key, String origin) {
    if (Setting.all().stream().anyMatch(setting -> setting.key().equals(key))
        || Setting.familyOf(key).isPresent()) {
      return;
    }
    List<String> names = new ArrayList<>(Setting.all().stream().map(Setting::key).toList());
    names.addAll(Setting.FORMER.keySet());
    String like = Similar.to(key, names);
    String nearest = Optional.ofNullable(Setting.FORMER.get(like)).map(Setting::key).orElse(like);
    throw LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Unknown setting %s (from %s). Did you mean %s? 'lakehouse doctor' lists all%s",
        key,
        origin,
        nearest,
        key.startsWith("lakehouse.family.")
            ? "; a family is named by at most 24 lower-case letters and digits"
            : "");
  }

  /** The value of a setting, if it has one; 'origin' is "default" where nobody set it. */
  public Optional<Effective> effective(Setting setting) {
    Effective set = values.get(setting.key());
    if (set != null) {
      return Optional.of(set);
    }
    return setting.fallback().map(value -> new Effective(value, "default"));
  }

  /** Every value in effect by key, whoever set it. */
  public SortedMap<String, String> values() {
    SortedMap<String, String> all = new TreeMap<>();
    Setting.all()
        .forEach(setting -> setting.fallback().ifPresent(value -> all.put(setting.key(), value)));
    values.forEach((key, set) -> all.put(key, set.value()));
    return all;
  }

  /** Names of all families of vectors that there are settings for, on or off. */
  public Set<String> families() {
    Set<String> families = new LinkedHashSet<>();
    Stream.concat(Setting.all().stream().map(Setting::key), new TreeSet<>(values.keySet()).stream())
        .flatMap(key -> Setting.familyOf(key).stream())
        .forEach(families::add);
    return families;
  }

  /** Whether somebody sets it now, be it to its default; what a lake keeps is not said now. */
  public boolean isTold(Setting setting) {
    Effective set = values.get(setting.key());
    return set != null && !set.origin().equals(KEPT);
  }

  /** Whether somebody set it, be it to its default, now or when the lake was given it. */
  public boolean isSet(Setting setting) {
    return values.containsKey(setting.key());
  }

  /** The value of a setting, if it has one. */
  public Optional<String> find(Setting setting) {
    return effective(setting).map(Effective::value);
  }

  /**
   * The value of a setting that must have one.
   *
   * @throws LakehouseException naming the key if it has none
   */
  public String text(Setting setting) {
    return find(setting)
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "Setting %s has no value (%s); give it with --set %s=…",
                    setting.key(),
                    setting.meaning(),
                    setting.key()));
  }

  /**
   * A whole number within the bounds of its setting.
   *
   * @throws LakehouseException naming the key if it is none
   */
  public long integer(Setting setting) {
    Bounds bounds =
        setting
            .bounds()
            .orElseThrow(() -> new IllegalArgumentException(setting.key() + " is no whole number"));
    String value = text(setting);
    try {
      long number = Long.parseLong(value);
      if (bounds.hold(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(setting, value, "must be a whole number");
    }
    throw invalid(setting, value, "must be " + bounds);
  }

  /** The same, or nothing where it says {@code auto}. */
  public OptionalLong integerOrAuto(Setting setting) {
    String value = text(setting);
    if (value.equals("auto")) {
      return OptionalLong.empty();
    }
    if (!value.matches("-?\\d+")) {
      throw invalid(setting, value, "must be a whole number or auto");
    }
    return OptionalLong.of(integer(setting));
  }

  /**
   * Makes sure of every whole number that somebody set, before any work, whoever asks for it later.
   *
   * @throws LakehouseException naming the first that is none, or out of its bounds
   */
  public Settings requireNumbers() {
    for (Setting setting : Setting.all()) {
      if (setting.bounds().isPresent() && values.containsKey(setting.key())) {
        boolean mayBeAuto = setting.fallback().filter("auto"::equals).isPresent();
        Object unused = mayBeAuto ? integerOrAuto(setting) : integer(setting);
      }
    }
    return this;
  }

  /** Yes or no. */
  public boolean flag(Setting setting) {
    String value = text(setting);
    if (!value.equals("true") && !value.equals("false")) {
      throw invalid(setting, value, "must be true or false");
    }
    return value.equals("true");
  }

  /** A share between 0 and 1. */
  public double share(Setting setting) {
    String value = text(setting);
    try {
      double number = Double.parseDouble(value);
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(setting, value, "must be a number");
    }
    throw invalid(setting, value, "must be between 0 and 1");
  }

  private static LakehouseException invalid(Setting setting, String value, String expected) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID, "Invalid %s: '%s' (%s)", setting.key(), value, expected);
  }
}
