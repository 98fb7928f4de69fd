// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.HadoopSettings;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.content.Place;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.command.terminal.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search}: asks the current release; starts no Spark. */
@Command(
    name = "search",
    header = "Find texts, images and sounds by meaning in the current release.",
    description = {
      "",
      "Each family answers apart, since its scores compare with no other's: text compares texts and",
      "captions, clip compares texts and images with images, any other what its model takes, sounds",
      "among them. Scores are cosines. Starts no Spark.",
      "",
      "--where is a condition over the columns title, excerpt, uri, modality, media_type, language,",
      "licence, source, group_id, width, height, asset_id, segment and sha256, with = != < <= > >=,",
      "LIKE, IN, IS NULL, AND, OR, NOT and brackets.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse search 'two red circles' --lake ./lake --family clip -k 5",
      "  lakehouse search --image query.png --lake ./lake",
      "  lakehouse search --audio rain.wav --lake ./lake",
      "  lakehouse search 'how do tides work' --lake ./lake --where \"language = 'eng'\""
    })
@NeedsNoSpark
final class SearchCommand extends LakehouseCommand {
  @Parameters(paramLabel = "QUERY", arity = "0..1", description = "What to look for, in words.")
  private Optional<String> query = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "An image to look for instead of words.")
  private Optional<Path> image = Optional.empty();

  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description = "A sound to look for instead of words, of any format that is read.")
  private Optional<Path> audio = Optional.empty();

  @Option(
      names = "--family",
      paramLabel = "NAME",
      description = "Ask this family only. Default: every family of the release that can answer.")
  private Optional<String> family = Optional.empty();

  @Option(names = "-k", paramLabel = "N", description = "Assets at most, 1 to 1000. Default: 10.")
  private int k = 10;

  @Option(names = "--where", paramLabel = "CONDITION", description = "What hits must meet.")
  private Optional<String> where = Optional.empty();

  @Override
  Report report() {
    if (Stream.of(query, image, audio).filter(Optional::isPresent).count() != 1) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Give one thing to look for: words, --image FILE or --audio FILE");
    }
    Settings settings = common.settings();
    LakeLayout layout = LakeLayout.of(common.lake(), settings);
    Map<String, String> hadoop = common.hadoop();
    Configuration configuration = HadoopSettings.configuration(hadoop);
    try (Searcher searcher = Searcher.of(layout, settings, common.models(hadoop), configuration)) {
      return answer(
          family
              .map(name -> List.of(searcher.search(SearchQuery.of(name, input(), k, where))))
              .orElseGet(() -> searcher.searchAll(input(), k, where)));
    }
  }

  private EmbedInput input() {
    return image
        .map(file -> EmbedInput.image(bytes(file, "image")))
        .or(() -> audio.map(file -> EmbedInput.audio(bytes(file, "audio"))))
        .orElseGet(() -> EmbedInput.query(query.orElseThrow()));
  }

  private static byte[] bytes(Path file, String kind) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read %s %s: %s. Name a file that is there with --%s FILE",
          kind,
          file,
          Hindrance.words(e),
          kind);
    }
  }

  private Report answer(List<SearchResult> results) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("results", results.stream().map(SearchResult::toJson).toList());
    List<String> lines = new ArrayList<>();
    for (SearchResult result : results) {
      lines.add(
          "family %s, release %d, encoder %s"
              .formatted(result.family(), result.sequence(), result.encoder().substring(0, 8)));
      if (result.hits().isEmpty()) {
        lines.add("  nothing found");
      }
      lines.addAll(lines(result.hits()));
    }
    return Report.of(json, lines);
  }

  /** Hits as people read them, best first. */
  static List<String> lines(List<Hit> hits) {
    List<String> lines = new ArrayList<>();
    for (Hit hit : hits) {
      String uri = ReadablePlace.of(hit.row().text(IndexColumns.URI).orElse(""));
      lines.add(
          "%3d  %.4f  %-10s %s  %s"
              .formatted(
                  lines.size() / 2 + 1, hit.score(), Place.of(hit.segment()), hit.assetId(), uri));
      lines.add("     " + hit.row().text(IndexColumns.EXCERPT).orElse("(no text)"));
    }
    return lines;
  }
}
