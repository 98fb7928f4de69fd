// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.manifest.ManifestForm;
import dev.lakehouse.core.connect.tar.TarSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a path that somebody just named is: a folder or file of pictures and texts, a COCO file, or
 * a manifest.
 *
 * @param kind of the source
 * @param options that follow from the path; those that were given win
 * @param words for people: what it was taken for
 */
record GuessedSource(SourceRequest.Kind kind, Map<String, String> options, String words) {

  private static final Pattern REMOTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/");

  /**
   * Looks at a place.
   *
   * @param given options that were given beside it
   * @throws LakehouseException if nothing is there, or it does not say enough by itself
   */
  static GuessedSource of(String place, Map<String, String> given) {
    return local(place).map(path -> of(path, given)).orElseGet(() -> remote(place, given));
  }

  /** The place as a path, where it is of this machine. */
  static Optional<Path> local(String place) {
    if (place.startsWith("file:/")) {
      return Optional.of(Path.of(place.replaceFirst("file:/+", "/")));
    }
    return REMOTE.matcher(place).lookingAt() ? Optional.empty() : Optional.of(Path.of(place));
  }

  /** What stands on a store is told by its name alone. */
  private static GuessedSource remote(String place, Map<String, String> given) {
    if (TarSource.isShard(place)) {
      return shards(place);
    }
    Optional<ManifestForm> form = ManifestForm.of(place);
    if (form.isPresent()) {
      return manifest(kind(form.get()), place, given);
    }
    return switch (ending(place)) {
      case "parquet" -> table(SourceRequest.Kind.PARQUET, place, given);
      case "json" ->
          throw LakehouseException.of(
              ErrorCode.CONFIG_INVALID,
              "What %s is cannot be told from its name: give --source coco --annotations %s --images"
                  + " DIR, or --source jsonl --path %s --map text=FIELD",
              place,
              place,
              place);
      default -> files(place, "%s is taken for a folder: every file in it (--source files)");
    };
  }

  private static GuessedSource shards(String place) {
    return new GuessedSource(
        SourceRequest.Kind.WEBDATASET,
        Map.of("path", place),
        "%s: members of tar shards (--source webdataset)".formatted(place));
  }

  private static GuessedSource table(
      SourceRequest.Kind kind, String place, Map<String, String> given) {
    if (!given.containsKey("map")) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "%s is a %s table: say which column is what with --map, for example --map"
              + " id=id,image=bytes,caption=caption, or --map id=id,text=body",
          place,
          kind.word());
    }
    return new GuessedSource(
        kind, Map.of("path", place), "%s is a table (--source %s)".formatted(place, kind.word()));
  }

  private static GuessedSource files(String place, String words) {
    return new GuessedSource(
        SourceRequest.Kind.FILES, Map.of("path", place), words.formatted(place));
  }

  private static GuessedSource manifest(
      SourceRequest.Kind kind, String place, Map<String, String> given) {
    if (!given.containsKey("map")) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "%s is a manifest on a store: say which field is what with --map, for example --map"
              + " id=doc,text=body",
          place);
    }
    return new GuessedSource(
        kind,
        Map.of("path", place),
        "%s is a manifest (--source %s)".formatted(place, kind.word()));
  }

  private static GuessedSource of(Path path, Map<String, String> given) {
    if (FolderKind.isOfShards(path) || TarSource.isShard(path.toString())) {
      return shards(path.toString());
    }
    if (FolderKind.isDelta(path)) {
      return table(SourceRequest.Kind.DELTA, path.toString(), given);
    }
    if (FolderKind.isParquet(path)) {
      return table(SourceRequest.Kind.PARQUET, path.toString(), given);
    }
    if (Files.isDirectory(path)) {
      return files(path.toString(), "%s is a folder: every file in it (--source files)");
    }
    if (!Files.isRegularFile(path)) {
      throw LakehouseException.of(
          ErrorCode.SOURCE_UNAVAILABLE,
          "Cannot read %s: expected a folder or a file, but nothing is there. Check the path; nothing"
              + " was done",
          path);
    }
    String name = path.getFileName().toString();
    Optional<ManifestForm> form = ManifestForm.of(name);
    if (form.isPresent()) {
      return manifest(kind(form.get()), path, given);
    }
    return ending(name).equals("json") ? coco(path, given) : file(path);
  }

  private static SourceRequest.Kind kind(ManifestForm form) {
    return form == ManifestForm.CSV ? SourceRequest.Kind.CSV : SourceRequest.Kind.JSONL;
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** A glob with a slash is about the whole path, and so not about files of that name below. */
  private static GuessedSource file(Path path) {
    Path real = path.toAbsolutePath().normalize();
    String name = real.getFileName().toString();
    return new GuessedSource(
        SourceRequest.Kind.FILES,
        Map.of(
            "path",
            real.resolveSibling("").toString(),
            "glob",
            "{/," + name.replaceAll("[\\\\*?\\[\\]{},]", "\\\\$0") + "}"),
        "%s is one file (--source files)".formatted(path));
  }

  private static GuessedSource manifest(
      SourceRequest.Kind kind, Path path, Map<String, String> given) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("path", path.toString());
    List<String> fields = given.containsKey("map") ? List.of() : ManifestFields.read(kind, path);
    String map =
        Optional.ofNullable(given.get("map")).orElseGet(() -> GuessedFields.of(fields, path));
    options.put("map", map);
    String urls =
        GuessedFields.url(fields)
            .map("; what its field %s names is fetched with --source urls alone"::formatted)
            .orElse("");
    return new GuessedSource(
        kind,
        options,
        "%s is a manifest (--source %s --map %s)%s".formatted(path, kind.word(), map, urls));
  }

  private static GuessedSource coco(Path path, Map<String, String> given) {
    String first = firstPicture(path);
    String images =
        Optional.ofNullable(given.get("images")).orElseGet(() -> folderOf(path, first).toString());
    return new GuessedSource(
        SourceRequest.Kind.COCO,
        Map.of("annotations", path.toString(), "images", images),
        "%s is a COCO file (--source coco --images %s)".formatted(path, images));
  }

  /** The folder beside a COCO file in which its first picture is. */
  private static Path folderOf(Path path, String picture) {
    Path beside = path.toAbsolutePath().normalize().resolveSibling("");
    for (Path folder : List.of(beside, beside.resolveSibling(""))) {
      if (Files.exists(folder.resolve(picture))) {
        return folder;
      }
      try (var children = Files.list(folder)) {
        Optional<Path> found =
            children.filter(child -> Files.exists(child.resolve(picture))).sorted().findFirst();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (IOException e) {
        continue; // what cannot be listed holds no picture that could be read
      }
    }
    throw LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Where are the pictures of %s? '%s' is neither beside it nor in a folder beside it. Give their"
            + " folder with --images",
        path,
        picture);
  }

  private static String fileName(JsonParser json) throws IOException {
    JsonNode picture = json.readValueAsTree();
    return picture.path("file_name").asText();
  }

  /** The file name of the first picture of a COCO file. */
  private static String firstPicture(Path path) {
    try (JsonParser json = Json.mapper().createParser(path.toFile())) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean images = json.currentName().equals("images");
          if (images && json.nextToken() == JsonToken.START_ARRAY) {
            return json.nextToken() == JsonToken.START_OBJECT ? fileName(json) : "";
          }
          if (!images) {
            json.nextToken();
          }
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.SOURCE_UNAVAILABLE, "Cannot read %s: %s", path, Hindrance.words(e));
    }
    throw LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Cannot tell what %s is: expected a COCO file, which has a list 'images'. For one object a line"
            + " use --source jsonl --path %s --map text=FIELD",
        path,
        path);
  }
}
