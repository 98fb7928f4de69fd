// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.connect.Preview;
import dev.lakehouse.core.connect.Role;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.connect.manifest.CsvOptions;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.CocoSource;
import dev.lakehouse.core.connect.object.JsonlSource;
import dev.lakehouse.core.connect.table.CsvSource;
import dev.lakehouse.core.connect.tar.KeyEnd;
import dev.lakehouse.core.connect.tar.TarSource;
import dev.lakehouse.core.connect.url.UrlsSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.jobs.Intake;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.content.TableSource;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A source as somebody asked for it, from options or from a pipeline file, checked for what goes
 * with its kind.
 *
 * @param kind what it is
 * @param options by the names that the command line uses, without dashes
 */
public record SourceRequest(Kind kind, Map<String, String> options) {
  private static final List<String> PLACES = List.of("path", "annotations", "images", "root");
  private static final Predicate<String> REMOTE =
      place -> place.contains(":/") && !place.startsWith("file:");
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "path", "./pictures",
          "map", "id=id,image=file_name,caption=caption",
          "annotations", "captions.json",
          "images", "./images");

  /** The kinds of sources, and the options of each. */
  public enum Kind {
    FILES(List.of("path"), List.of("name", "glob", "sync", "reread", "blobs")),
    COCO(List.of("annotations", "images"), List.of("name", "sync", "reread", "blobs")),
    JSONL(List.of("path", "map"), List.of("root", "name", "sync", "reread", "blobs", "encoding")),
    CSV(
        List.of("path", "map"),
        List.of(
            "root", "name", "sync", "reread", "blobs", "encoding", "delimiter", "quote", "escape")),
    WEBDATASET(
        List.of("path"), List.of("name", "glob", "map", "key-end", "sync", "reread", "blobs")),
    PARQUET(List.of("path", "map"), List.of("root", "name", "sync", "reread", "blobs")),
    DELTA(List.of("path", "map"), List.of("root", "name", "sync", "reread", "blobs")),
    URLS(
        List.of("path"),
        List.of("map", "name", "sync", "reread", "encoding", "delimiter", "quote", "escape"));

    private final List<String> needed;
    private final List<String> allowed;

    Kind(List<String> needed, List<String> allowed) {
      this.needed = needed;
      this.allowed = allowed;
    }

    /** The option that names the place of the source itself. */
    String place() {
      return needed.get(0);
    }

    List<String> names() {
      return Stream.concat(needed.stream(), allowed.stream()).toList();
    }

    /** Whether Spark reads it. */
    boolean isTable() {
      return this == PARQUET || this == DELTA;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** A kind by its word. */
    public static Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word().equals(word))
          .findAny()
          .orElseThrow(() -> unknown(word));
    }

    private static LakehouseException unknown(String word) {
      List<String> known = Arrays.stream(values()).map(Kind::word).toList();
      return invalid(
          "there is no source '%s'%s; there are %s"
              .formatted(word, meant(word, known), String.join(", ", known)));
    }
  }

  public SourceRequest {
    options = Map.copyOf(options);
    for (String name : kind.needed) {
      if (!options.containsKey(name)) {
        throw invalid(
            "source %s needs '%s', for example %s"
                .formatted(kind.word(), name, EXAMPLES.get(name)));
      }
    }
    for (String name : options.keySet()) {
      if (!kind.needed.contains(name) && !kind.allowed.contains(name)) {
        throw invalid(
            "'%s' does not go with source %s%s".formatted(name, kind.word(), instead(kind, name)));
      }
    }
    requireOneOf(options, "blobs", "copy", "reference");
    requireOneOf(options, "sync", "true", "false");
    requireOneOf(options, "reread", "true", "false");
    requireOneOf(options, "key-end", "first-dot", "last-dot");
  }

  private static void requireOneOf(Map<String, String> options, String name, String... values) {
    Optional.ofNullable(options.get(name))
        .filter(value -> !List.of(values).contains(value))
        .ifPresent(
            value -> {
              throw invalid(
                  "'%s' is '%s', expected %s".formatted(name, value, String.join(" or ", values)));
            });
  }

  private static String instead(Kind kind, String name) {
    return name.equals("images") && kind.names().contains("root")
        ? " (the folder that its names are relative to is 'root')"
        : meant(name, kind.names());
  }

  private static String meant(String word, List<String> known) {
    return Similar.near(word, known).map(" (did you mean %s?)"::formatted).orElse("");
  }

  private static LakehouseException invalid(String why) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid source: %s. 'lakehouse ingest --help' shows what goes together",
        why);
  }

  /** The same request with relative local paths taken from a folder. */
  SourceRequest in(java.nio.file.Path folder) {
    Map<String, String> placed = new LinkedHashMap<>(options);
    for (String name : PLACES) {
      placed.computeIfPresent(
          name, (key, value) -> value.contains(":/") ? value : folder.resolve(value).toString());
    }
    return new SourceRequest(kind, placed);
  }

  /**
   * Opens the source.
   *
   * @param hadoop settings of its storage
   */
  Source open(Map<String, String> hadoop) {
    return switch (kind) {
      case FILES ->
          FilesSource.open(
              new FilesSource.Options(text("path"), find("name"), find("glob"), hadoop));
      case COCO ->
          CocoSource.open(
              new CocoSource.Options(text("annotations"), text("images"), find("name"), hadoop));
      case JSONL -> JsonlSource.open(manifest(hadoop, mapping()));
      case CSV -> CsvSource.open(manifest(hadoop, mapping()));
      case WEBDATASET -> TarSource.open(shards(hadoop));
      case PARQUET -> TableOpening.open(table(TableSource.Format.PARQUET, hadoop));
      case DELTA -> TableOpening.open(table(TableSource.Format.DELTA, hadoop));
      case URLS -> UrlsSource.open(manifest(hadoop, mapping()));
    };
  }

  private TableSource.Options table(TableSource.Format format, Map<String, String> hadoop) {
    RowMapping mapping = RowMapping.parse(text("map"));
    return new TableSource.Options(
        format, text("path"), mapping, find("root"), find("name"), hadoop);
  }

  private TarSource.Options shards(Map<String, String> hadoop) {
    boolean last = find("key-end").filter("last-dot"::equals).isPresent();
    return new TarSource.Options(
        text("path"),
        find("name"),
        find("glob"),
        find("map").map(RowMapping::about),
        last ? KeyEnd.LAST_DOT : KeyEnd.FIRST_DOT,
        hadoop);
  }

  /** As it was given; a list of URLs shows its own. */
  private RowMapping mapping() {
    return RowMapping.parse(find("map").orElseGet(() -> GuessedFields.ofUrls(text("path"))));
  }

  private ManifestOptions manifest(Map<String, String> hadoop, RowMapping mapping) {
    return new ManifestOptions(
        text("path"),
        mapping,
        find("root"),
        find("name"),
        hadoop,
        find("encoding").map(SourceRequest::charset),
        new CsvOptions(mark("delimiter"), mark("quote"), mark("escape")));
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw invalid(
          "there is no encoding '%s'; UTF-8, UTF-16, windows-1252, ISO-8859-1, Shift_JIS and GB18030 are some"
              .formatted(name));
    }
  }

  private Optional<Character> mark(String name) {
    return find(name).map(written -> mark(name, written));
  }

  private static char mark(String name, String written) {
    return switch (written) {
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "tab", "\\t" -> '\t';
      case "pipe" -> '|';
      case "space" -> ' ';
      case "backslash" -> '\\';
      case "none" -> none(name);
      default -> single(name, written);
    };
  }

  private static char none(String name) {
    if (name.equals("delimiter")) {
      throw invalid("'delimiter' is 'none', expected a character");
    }
    return CsvOptions.NONE;
  }

  private static char single(String name, String written) {
    if (written.length() != 1) {
      throw invalid(
          "'%s' is '%s', expected one character or comma, semicolon, tab, pipe, space, backslash, none"
              .formatted(name, written));
    }
    return written.charAt(0);
  }

  /**
   * Looks at the beginning of the source.
   *
   * @param hadoop settings of its storage
   */
  public Preview preview(Map<String, String> hadoop) {
    Map<Role, String> mapping =
        kind == Kind.URLS
            ? mapping().fields()
            : find("map").map(written -> RowMapping.about(written).fields()).orElse(Map.of());
    return Preview.of(open(hadoop), mapping, hadoop);
  }

  /**
   * Opens it as far as can be done without Spark: a source of this machine, so that what is wrong
   * with it is told at once.
   *
   * @return opens it where that was not done yet, given the settings of its storage
   */
  public Function<Map<String, String>, Intake> prepare() {
    boolean local = PLACES.stream().noneMatch(name -> find(name).filter(REMOTE).isPresent());
    if (!local || kind.isTable()) {
      return hadoop -> new Intake(open(hadoop), ingestOptions());
    }
    Intake opened = new Intake(open(Map.of()), ingestOptions());
    return hadoop -> opened;
  }

  /** How to take its items in. */
  IngestOptions ingestOptions() {
    boolean reference = find("blobs").filter("reference"::equals).isPresent();
    boolean sync = find("sync").filter("true"::equals).isPresent();
    boolean reread = find("reread").filter("true"::equals).isPresent();
    return new IngestOptions(
        reference ? BlobMode.REFERENCE : BlobMode.COPY,
        sync ? Vanished.MARK_GONE : Vanished.KEEP,
        reread ? Known.READ_AGAIN : Known.BELIEVED);
  }

  private String text(String name) {
    return find(name).orElseThrow();
  }

  private Optional<String> find(String name) {
    return Optional.ofNullable(options.get(name));
  }
}
