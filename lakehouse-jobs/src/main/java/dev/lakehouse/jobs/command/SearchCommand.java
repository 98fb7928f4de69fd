// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.content.Place;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.WordQuery;
import dev.lakehouse.core.search.Each;
import dev.lakehouse.core.search.Explanation;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import dev.lakehouse.jobs.command.terminal.ExplanationWords;
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
import org.jspecify.annotations.Nullable;
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
      "Where 'lakehouse replay calibrate' was run, an answer by vector to words says when nothing in it",
      "convinces; what is nearest is listed all the same, with a question mark.",
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
      "  lakehouse search 'red circle' --mode hybrid --explain --lake ./lake",
      "  lakehouse search 'red circle' --collapse --lake ./lake",
      "  lakehouse search 'how do tides work' --lake ./lake --where \"language = 'eng'\""
    })
@NeedsNoSpark
final class SearchCommand extends LakehouseCommand {
  /** Near-duplicates whose ids are shown; JSON has all. */
  private static final int MOST_NAMED = 3;

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
      names = "--collapse",
      paramLabel = "COSINE",
      arity = "0..1",
      fallbackValue = "" + SearchRequest.COLLAPSE,
      description = {
        "Leave out near-duplicates of what stands higher, and say of which it has some: assets whose",
        "vectors have this cosine or more. Default where none is said: 0.95."
      })
  private Optional<String> collapse = Optional.empty();

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

  @Option(
      names = "--explain",
      description = {
        "Say why: where each hit stood in each list and what that adds to its score, which words it",
        "holds, how many rows the condition keeps, and the digests of release, encoder and model."
      })
  private boolean explain = false;

  @Option(
      names = "--saliency",
      paramLabel = "FOLDER",
      description = {
        "Write a PNG for each picture and shot among the hits that were found by vector, bright where",
        "it shows what was looked for, into a folder: it is looked at 82 times with a part covered."
      })
  private Optional<Path> saliency = Optional.empty();

  @Override
  Report report() {
    Optional<Double> cosine = collapse.map(SearchCommand::cosine); // it may have taken the words
    if (Stream.of(query, image, audio, like).filter(Optional::isPresent).count() != 1) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Give one thing to look for: words, --image FILE, --audio FILE or --like ASSET_ID");
    }
    if (saliency.isPresent() && (like.isPresent() || SearchMode.of(mode) == SearchMode.WORDS)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "--saliency shows what a model sees of the words, picture or sound that was looked for, and"
              + " here %s. Ask for content, with --mode vector or hybrid",
          like.isPresent() ? "an asset was given with --like" : "words are compared, by no model");
    }
    Settings settings = common.settings();
    LakeLayout layout = LakeLayout.of(common.lake(), settings);
    Map<String, String> hadoop = common.hadoop();
    Configuration configuration = HadoopSettings.configuration(hadoop);
    try (Searcher searcher = Searcher.of(layout, settings, common.models(hadoop), configuration)) {
      SearchRequest request = request();
      request = cosine.isPresent() ? request.collapse(cosine.get()) : request;
      Optional<SaliencyFolder> maps =
          saliency.map(folder -> new SaliencyFolder(folder, layout, settings, hadoop));
      List<SearchResult> results = searcher.ask(request);
      maps.ifPresent(each -> each.write(searcher, input(), results));
      return answer(results, explain ? searcher.explain(request, results) : List.of(), maps);
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

  private static double cosine(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Invalid --collapse: '%s' (must be a number above 0 and at most 1). What is looked for"
              + " stands before --collapse",
          value);
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

  private Report answer(
      List<SearchResult> results, List<Explanation> explanations, Optional<SaliencyFolder> maps) {
    List<Map<String, @Nullable Object>> json = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (SearchResult result : results) {
      Optional<Explanation> why = explanations.stream().skip(json.size()).findFirst();
      Map<String, @Nullable Object> one = result.toJson();
      why.ifPresent(each -> one.put("explanation", Shapes.of(each)));
      json.add(one);
      lines.add(
          "family %s, release %d, %s"
              .formatted(
                  result.family(),
                  result.sequence(),
                  result.mode() == SearchMode.VECTOR
                      ? "encoder " + encoders(result)
                      : "by " + result.mode().word()));
      why.map(ExplanationWords::head).ifPresent(lines::addAll);
      result.note().ifPresent(note -> lines.add("  " + note));
      if (result.hits().isEmpty()) {
        lines.add("  nothing found");
      }
      lines.addAll(lines(result, marks(), why));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("results", json);
    maps.ifPresent(
        each -> {
          all.put("saliency", each.json());
          lines.addAll(each.lines());
        });
    return Report.of(all, lines);
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
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      lines.addAll(lines("%3d ".formatted(i + 1), hits.get(i), UnaryOperator.identity()));
    }
    return lines;
  }

  private static List<String> lines(
      SearchResult result, UnaryOperator<String> marks, Optional<Explanation> why) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < result.hits().size(); i++) {
      int place = i;
      String rank =
          "%3d%s".formatted(result.offset() + i + 1, result.isRefused().orElse(false) ? "?" : " ");
      lines.addAll(lines(rank, result.hits().get(i), marks));
      why.map(each -> ExplanationWords.of(each.hits().get(place))).ifPresent(lines::addAll);
    }
    return lines;
  }

  private static List<String> lines(String rank, Hit hit, UnaryOperator<String> marks) {
    String uri = ReadablePlace.of(hit.row().text(IndexColumns.URI).orElse(""));
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %.4f  %-10s %s  %s"
            .formatted(rank, hit.score(), Place.of(hit.segment()), hit.assetId(), uri));
    lines.add("     " + hit.row().text(IndexColumns.EXCERPT).map(marks).orElse("(no text)"));
    if (!hit.nearDuplicates().isEmpty()) {
      lines.add(
          "     stands for %s: %s"
              .formatted(
                  Counted.of(hit.nearDuplicates().size(), "near-duplicate"),
                  some(hit.nearDuplicates())));
    }
    return lines;
  }

  private static String some(List<String> assetIds) {
    String first = String.join(", ", assetIds.subList(0, Math.min(MOST_NAMED, assetIds.size())));
    return assetIds.size() > MOST_NAMED ? first + ", …" : first;
  }
}
