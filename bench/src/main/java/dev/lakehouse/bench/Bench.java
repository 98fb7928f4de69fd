// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.own.OwnIngest;
import dev.lakehouse.bench.own.PeerVectors;
import dev.lakehouse.bench.own.PreparedLake;
import dev.lakehouse.bench.search.OwnSearch;
import dev.lakehouse.bench.search.SearchContest;
import dev.lakehouse.bench.search.SearchLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run}: measures, and prints one table. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    header = "Measures how fast images and texts become vectors, beside what the machine could do.",
    description = {
      "",
      "Each system runs in a process of its own, in turn with the others. 'floor: overlap' is the",
      "ideal: no core ever idle, and nothing done but decoding and running the network. The columns",
      "steady and whole are ratios to it in rows per CPU second, from the first batch to the last and",
      "of the whole stage; steady/s and whole/s are the same in rows per second. While others use the",
      "machine, only those per CPU second can be compared. cosine is the least one of 200 vectors of a peer to those",
      "of the lakehouse for the same inputs.",
      ""
    })
final class Bench {
  private Bench() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  /** What every command takes. */
  static final class Common {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Where inputs, models and lakes are kept.")
    private Path folder = Path.of("bench/target/data");

    @Option(
        names = "--cores",
        paramLabel = "N",
        description = "Threads, or tasks at once. Default: all cores.")
    private int cores = Runtime.getRuntime().availableProcessors();

    private BenchData data() throws java.io.IOException {
      return new BenchData(Files.createDirectories(folder).toAbsolutePath());
    }
  }

  @Command(
      name = "embed-images",
      mixinStandardHelpOptions = true,
      header = "JPEGs of 640 x 480 to vectors of CLIP ViT-B/32 in float32.")
  int embedImages(@Mixin Common common, @Mixin Rounds rounds) throws Exception {
    return rounds.hold(common, List.of(Workload.IMAGES), List.of(Contender.values()));
  }

  @Command(
      name = "embed-text",
      mixinStandardHelpOptions = true,
      header = "Captions, documents, and both together, to vectors of MiniLM in float32.")
  int embedText(@Mixin Common common, @Mixin Rounds rounds) throws Exception {
    return rounds.hold(common, Workload.TEXTS, List.of(Contender.values()));
  }

  @Command(
      name = "floor",
      mixinStandardHelpOptions = true,
      header = "The bare loop alone: what this machine could do.")
  int floor(@Mixin Common common, @Mixin Rounds rounds) throws Exception {
    return rounds.hold(common, Workload.STANDARD, List.of(Contender.FLOOR));
  }

  @Command(name = "all", mixinStandardHelpOptions = true, header = "Everything, in one table.")
  int all(@Mixin Common common, @Mixin Rounds rounds) throws Exception {
    return rounds.hold(common, Workload.STANDARD, List.of(Contender.values()));
  }

  @Command(
      name = "soak",
      mixinStandardHelpOptions = true,
      header = "embed again and again in one process, to see whether anything grows.")
  int soak(
      @Mixin Common common,
      @Option(
              names = "--minutes",
              paramLabel = "N",
              defaultValue = "30",
              description = "How long. Default: ${DEFAULT-VALUE}.")
          int minutes,
      @Option(
              names = "--workload",
              paramLabel = "NAME",
              defaultValue = "MIXED",
              description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, pictures.")
          Workload workload,
      @Option(names = "--rows", paramLabel = "N", description = "Items of a round.") int rows,
      @Option(names = "--json", description = "An array of objects in place of lines.")
          boolean json)
      throws Exception {
    Task task =
        new Task(workload, rows > 0 ? rows : workload.rows(false), common.cores, common.data());
    SoakTable.print(task, Duration.ofMinutes(minutes), json);
    return 0;
  }

  @Command(
      name = "ingest",
      mixinStandardHelpOptions = true,
      header =
          "JPEGs of 150 KB into an empty lake, beside sha256sum, cp and sync of the same files.")
  int ingest(
      @Mixin Common common,
      @Option(
              names = "--rows",
              paramLabel = "N",
              defaultValue = "8000",
              description = "Pictures. Default: ${DEFAULT-VALUE}, 1.2 GB.")
          int rows,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "3",
              description = "Runs of each; the middle one counts. Default: ${DEFAULT-VALUE}.")
          int rounds,
      @Option(names = "--json", description = "An object in place of lines.") boolean json)
      throws Exception {
    Task task = new Task(Workload.IMAGES, rows, common.cores, common.data());
    IngestContest.print(new IngestContest(task, rounds).hold(), json);
    return 0;
  }

  @Command(
      name = "media",
      mixinStandardHelpOptions = true,
      header = "Recordings and films measured, beside the bare ffmpeg on the same files.")
  int media(
      @Option(
              names = "--path",
              paramLabel = "DIR",
              required = true,
              description = "Whose files are measured; what is no sound or film is passed over.")
          Path folder,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "3",
              description = "Runs of each; the shortest counts. Default: ${DEFAULT-VALUE}.")
          int rounds,
      @Option(names = "--json", description = "An array in place of lines.") boolean json)
      throws Exception {
    MediaContest.print(new MediaContest(folder, rounds).hold(), json);
    return 0;
  }

  @Command(
      name = "s3",
      mixinStandardHelpOptions = true,
      header = "Requests to a real S3 server on this machine, by kind: runs, a search, an audit.")
  int requests(
      @Mixin Common common,
      @Option(
              names = "--scenes",
              paramLabel = "N",
              defaultValue = "200",
              description = "Pictures, beside some texts. Default: ${DEFAULT-VALUE}.")
          int scenes,
      @Option(names = "--json", description = "An array in place of lines.") boolean json)
      throws Exception {
    RequestCount.print(new RequestCount(scenes, common.cores).count(), json);
    return 0;
  }

  @Command(
      name = "search",
      mixinStandardHelpOptions = true,
      header = "A released index asked by vector, beside Lucene's HNSW graph and LanceDB's client.",
      description = {
        "",
        "One lake of captions with a family of 384 and one of 512 numbers, made by a run and kept;",
        "a thousand questions that it has never seen. Others are asked with several efforts."
      })
  int search(
      @Mixin Common common,
      @Option(
              names = "--rows",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Rows of the index. Default: ${DEFAULT-VALUE}.")
          int rows,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "1",
              description = "Runs of each; the middle one counts. Default: ${DEFAULT-VALUE}.")
          int rounds,
      @Option(names = "--json", description = "An array in place of the table.") boolean json)
      throws Exception {
    SearchLake lake = SearchLake.at(common.data().folder(), rows);
    SearchContest.print(
        SearchContest.hold(lake, rounds, new SearchProcesses(common.data(), rows, common.cores)),
        json);
    return 0;
  }

  @Command(name = "search-prepare", hidden = true)
  int searchPrepare(@Mixin Common common, @Option(names = "--rows") int rows) throws Exception {
    SearchLake.at(common.data().folder(), rows).make(common.cores);
    return 0;
  }

  @Command(name = "search-own", hidden = true)
  int searchOwn(
      @Mixin Common common,
      @Option(names = "--rows") int rows,
      @Option(names = "--family") String family)
      throws Exception {
    Child.say(List.of(OwnSearch.of(SearchLake.at(common.data().folder(), rows), family)));
    return 0;
  }

  @Command(name = "ingest-once", hidden = true)
  int ingestOnce(@Mixin Common common, @Option(names = "--rows") int rows) throws Exception {
    OwnIngest.once(new Task(Workload.IMAGES, rows, common.cores, common.data()));
    return 0;
  }

  /** How much is measured. */
  static final class Rounds {
    @Option(
        names = "--rows",
        paramLabel = "N",
        description = "Items of a run. Default: 3000, 40000, 2000 and 42000.")
    private int rows;

    @Option(
        names = "--rounds",
        paramLabel = "N",
        description = "Runs of each system. Default: 3, or 1 if quick.")
    private int rounds;

    @Option(
        names = "--system",
        paramLabel = "NAME",
        description = "Only this one, beside the floor; may be repeated: ${COMPLETION-CANDIDATES}.")
    private List<Contender> only = new ArrayList<>();

    @Option(
        names = "--workload",
        paramLabel = "NAME",
        description = "Only this one; may be repeated: ${COMPLETION-CANDIDATES}.")
    private List<Workload> onlyWorkloads = new ArrayList<>();

    @Option(names = "--quick", description = "Fewer rows, once: within ten minutes on two cores.")
    private boolean quick;

    @Option(names = "--json", description = "An array of objects in place of the table.")
    private boolean json;

    private int hold(Common common, List<Workload> workloads, List<Contender> contenders)
        throws Exception {
      int times = rounds > 0 ? rounds : quick ? 1 : 3;
      Contest contest = new Contest(common.data(), common.cores, times);
      List<Contender> chosen =
          contenders.stream()
              .filter(each -> only.isEmpty() || only.contains(each) || each == Contender.FLOOR)
              .filter(Bench::isThere)
              .toList();
      List<Measurement> all = new ArrayList<>();
      for (Workload workload : onlyWorkloads.isEmpty() ? workloads : onlyWorkloads) {
        all.addAll(contest.hold(workload, rows > 0 ? rows : workload.rows(quick), chosen));
      }
      Table.print(all, json);
      return 0;
    }
  }

  private static boolean isThere(Contender contender) {
    Optional<String> missing = contender.missing();
    missing.ifPresent(
        remedy -> System.err.printf("bench: %s is left out; %s%n", contender.label, remedy));
    return missing.isEmpty();
  }

  @Command(name = "prepare", hidden = true)
  int prepare(
      @Mixin Common common,
      @Option(names = "--workload") Workload workload,
      @Option(names = "--rows") int rows)
      throws Exception {
    PreparedLake.of(new Task(workload, rows, common.cores, common.data()));
    return 0;
  }

  @Command(name = "agree", hidden = true)
  int agree(
      @Mixin Common common,
      @Option(names = "--workload") Workload workload,
      @Option(names = "--rows") int rows,
      @Option(names = "--written") String written)
      throws Exception {
    Task task = new Task(workload, rows, common.cores, common.data());
    Child.say(List.of(PeerVectors.of(task, written)));
    return 0;
  }

  @Command(name = "measure", hidden = true)
  int measure(
      @Mixin Common common,
      @Option(names = "--workload") Workload workload,
      @Option(names = "--rows") int rows,
      @Option(names = "--system") Contender system)
      throws Exception {
    Child.say(system.run(new Task(workload, rows, common.cores, common.data())));
    return 0;
  }
}
