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
import dev.lakehouse.core.lake.index.WordQuery;
import dev.lakehouse.core.search.Each;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search}: asks the current release; starts no Spark. */
@Command(
    name = "search",
    header = "Find by meaning or by words in the current release.",
    description = {
      "",
      "Each family answers apart, since its scores compare with no other's: text compares texts and",
      "captions, clip compares texts and images with images, any other what its model takes, sounds",
      "among them. Scores are cosines. Starts no Spark.",
      "",
      "--mode words finds what holds the words instead, in titles, texts and captions, best first by",
      "BM25; \"words in quotes\" must stand in a row, and nothing else in a question is an operator. It",
      "loads no model. --mode hybrid makes one list of both by reciprocal ranks.",
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
      "  lakehouse search '\"red circle\" square' --mode words --lake ./lake",
      "  lakehouse search --like ASSET_ID --family clip --lake ./lake",
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
      names = "--like",
      paramLabel = "ASSET_ID",
      description = "What is like this asset of the release; itself is left out.")
  private Optional<String> like = Optional.empty();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "vector, words or hybrid. Default: vector.")
  private String mode = SearchMode.VECTOR.word();

  @Option(
      names = "--family",
      paramLabel = "NAME",
      description = "Ask this family only. Default: every family of the release that can answer.")
  private Optional<String> family = Optional.empty();

  @Option(names = "-k", paramLabel = "N", description = "Assets at most, 1 to 1000. Default: 10.")
  private int k = 10;

  @Option(
      names = "--offset",
      paramLabel = "N",
      description = "Pass over so many of the best: the next page. Default: 0.")
  private int offset = 0;

  @Option(names = "--group", description = "Show the best of each group_id only.")
  private boolean group = false;

  @Option(
      names = "--fuse",
      paramLabel = "FAMILY=W",
      description = {
        "Make one list of the answers of several families by reciprocal ranks, with weights above 0.",
        "May be repeated."
      })
  private Map<String, Double> fuse = new LinkedHashMap<>();

  @Option(names = "--where", paramLabel = "CONDITION", description = "What hits must meet.")
  private Optional<String> where = Optional.empty();

  @Override
  Report report() {
    if (Stream.of(query, image, audio, like).filter(Optional::isPresent).count() != 1) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Give one thing to look for: words, --image FILE, --audio FILE or --like ASSET_ID");
    }
    Settings settings = common.settings();
    LakeLayout layout = LakeLayout.of(common.lake(), settings);
    Map<String, String> hadoop = common.hadoop();
    Configuration configuration = HadoopSettings.configuration(hadoop);
    try (Searcher searcher = Searcher.of(layout, settings, common.models(hadoop), configuration)) {
      return answer(searcher.ask(request()));
    }
  }

  private SearchRequest request() {
    Optional<Sought> other = like.map(Sought.Asset::new);
    SearchRequest request =
        SearchRequest.of(other.orElseGet(() -> new Sought.Content(input())))
            .in(SearchMode.of(mode))
            .page(offset, k)
            .each(group ? Each.GROUP : Each.ASSET)
            .fuse(fuse);
    request = where.isPresent() ? request.where(where.get()) : request;
    return family.isPresent() ? request.ofFamily(family.get()) : request;
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
          "family %s, release %d, %s"
              .formatted(
                  result.family(),
                  result.sequence(),
                  result.mode() == SearchMode.VECTOR
                      ? "encoder " + encoders(result)
                      : "by " + result.mode().word()));
      result.note().ifPresent(note -> lines.add("  " + note));
      if (result.hits().isEmpty()) {
        lines.add("  nothing found");
      }
      lines.addAll(lines(result.hits(), result.offset(), marks()));
    }
    return Report.of(json, lines);
  }

  private static String encoders(SearchResult result) {
    return Stream.of(result.encoder().split("\\+"))
        .map(encoder -> encoder.substring(0, 8))
        .collect(Collectors.joining("+"));
  }

  /**
   * What marks the words that were looked for, where somebody reads the answer on a terminal: the
   * launcher tells of one, and the JVM knows whether the answer goes there too.
   */
  private UnaryOperator<String> marks() {
    Optional<Terminal> terminal = Terminal.ofProcess().filter(each -> System.console() != null);
    if (terminal.isEmpty() || query.isEmpty() || SearchMode.of(mode) == SearchMode.VECTOR) {
      return UnaryOperator.identity();
    }
    WordQuery words = WordQuery.of(query.get());
    return excerpt -> words.marked(excerpt, terminal.get()::found);
  }

  /** Hits as people read them, best first. */
  static List<String> lines(List<Hit> hits) {
    return lines(hits, 0, UnaryOperator.identity());
  }

  private static List<String> lines(List<Hit> hits, int offset, UnaryOperator<String> marks) {
    List<String> lines = new ArrayList<>();
    for (Hit hit : hits) {
      String uri = ReadablePlace.of(hit.row().text(IndexColumns.URI).orElse(""));
      lines.add(
          "%3d  %.4f  %-10s %s  %s"
              .formatted(
                  offset + lines.size() / 2 + 1,
                  hit.score(),
                  Place.of(hit.segment()),
                  hit.assetId(),
                  uri));
      lines.add("     " + hit.row().text(IndexColumns.EXCERPT).map(marks).orElse("(no text)"));
    }
    return lines;
  }
}
