// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the folder that somebody stands in says of the lake that is meant: a {@code lakehouse.yaml}
 * there or further up, else a lake that lies around, as {@code run} leaves it beside a folder.
 *
 * @param folder absolute
 */
record Surroundings(Path folder) {
  /** Settings, and with them a lake, for everything below the folder that it lies in. */
  static final String FILE = "lakehouse.yaml";

  private static final String BESIDE = "-lake";

  /** Settings whose values are places, here relative to where the file is. */
  private static final List<Setting> PLACES =
      List.of(
          Setting.LAKE,
          Setting.LAKE_TABLES,
          Setting.LAKE_BLOBS,
          Setting.LAKE_INDEX,
          Setting.MODELS,
          Setting.POLICY);

  /** Those of this process. */
  static Surroundings ofProcess() {
    return new Surroundings(Path.of("").toAbsolutePath());
  }

  /** Where {@code run} keeps the lake of a source: beside it, so that it is no part of it. */
  static Path beside(Path source) {
    Path real = source.toAbsolutePath().normalize();
    Path name = real.getFileName();
    if (name == null) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "There is no place beside %s for a lake: give one with --lake",
          real);
    }
    String stem =
        Files.isDirectory(real)
            ? name.toString()
            : name.toString().replaceFirst("(?<=.)[.][^.]*$", "");
    return real.resolveSibling(stem + BESIDE);
  }

  /** The settings file that counts here: the nearest, going up. */
  Optional<Path> file() {
    return upwards().map(each -> each.resolve(FILE)).filter(Files::isRegularFile).findFirst();
  }

  /** Its settings, places taken from where it is. */
  static Map<String, String> settings(Path file) {
    Map<String, String> found = new LinkedHashMap<>(SettingsFile.entries(file));
    for (Setting place : PLACES) {
      found.computeIfPresent(
          place.key(),
          (key, value) ->
              value.contains(":/") ? value : file.resolveSibling(value).normalize().toString());
    }
    return found;
  }

  /**
   * A lake that lies around.
   *
   * @param place where it is
   * @param why it is the one that is meant, for people
   */
  record Found(Path place, String why) {}

  /**
   * The lake that is meant where nobody named one: the one that the folder is or lies in, the one
   * beside it, or the only one in it.
   */
  Optional<Found> lake() {
    return upwards()
        .flatMap(each -> Stream.concat(around(each), inside(each)))
        .findFirst()
        .or(this::only);
  }

  private static Stream<Found> around(Path folder) {
    return Stream.of(folder)
        .filter(Surroundings::isLake)
        .map(lake -> new Found(lake, "this folder is in it"));
  }

  private static Stream<Found> inside(Path folder) {
    return Stream.of(folder)
        .filter(each -> each.getFileName() != null)
        .map(Surroundings::beside)
        .filter(Surroundings::isLake)
        .map(lake -> new Found(lake, "beside " + folder));
  }

  private Optional<Found> only() {
    List<Path> lakes = lakesBelow();
    return lakes.size() == 1
        ? Optional.of(new Found(lakes.get(0), "the only lake in " + folder))
        : Optional.empty();
  }

  /** What to say where no lake was named. */
  LakehouseException undecided() {
    List<Path> lakes = lakesBelow();
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "No lake was named, and %s: give --lake URI, for example --lake %s, or write '%s: PLACE' into"
            + " %s",
        lakes.isEmpty()
            ? "none lies in or beside " + folder
            : "there are several: "
                + lakes.stream().map(Path::toString).collect(Collectors.joining(", ")),
        lakes.stream().findFirst().map(Path::toString).orElse("./lake"),
        Setting.LAKE.key(),
        FILE);
  }

  private List<Path> lakesBelow() {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Surroundings::isLake).sorted().toList();
    } catch (IOException e) {
      return List.of(); // a folder that cannot be listed shows no lake
    }
  }

  private static boolean isLake(Path place) {
    return Files.isDirectory(place.resolve("tables/assets/_delta_log"));
  }

  private Stream<Path> upwards() {
    return Stream.iterate(folder, each -> each != null, Path::getParent);
  }
}
