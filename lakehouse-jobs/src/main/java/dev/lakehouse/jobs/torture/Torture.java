// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.proof.LakeContentsReader;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.torture.TortureReport.Reads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** Kills the commands of a small lake until a number of kills is reached. */
public final class Torture {
  /** Weakest of all: many small waves, and both families. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          Setting.WAVE_FIRST_ITEMS.key(), "8",
          Setting.WAVE_SECONDS.key(), "5",
          Setting.CLIP_MODEL.key(), "shapes-clip");

  private final String root;
  private final Settings settings;
  private final Configuration hadoop;
  private final ChildJvm jvm;
  private final Progress progress;
  private final List<Kill> kills = new ArrayList<>();
  private final TreeSet<String> digests = new TreeSet<>();
  private int late;
  private Reads reads = new Reads(0, 0, Optional.empty());

  /**
   * A torture that has done nothing yet.
   *
   * @param root an empty place, or that of an earlier torture
   * @param settings that every command is given
   * @param hadoop settings of the storage
   * @param jvm that the commands run in
   */
  public Torture(
      String root, Settings settings, Configuration hadoop, ChildJvm jvm, Progress progress) {
    this.root = LakeLayout.of(root, Settings.defaults()).root();
    this.settings = settings.orElse(SETTINGS, "torture");
    this.hadoop = hadoop;
    this.jvm = jvm;
    this.progress = progress;
  }

  /**
   * Kills and compares.
   *
   * @param most kills
   * @param seed that moments are drawn from
   */
  public TortureReport run(int most, long seed) {
    try {
      Path folder = Files.createTempDirectory("lakehouse-torture-");
      try {
        Commands commands = new Commands(jvm, folder);
        Files.createDirectory(commands.logs());
        return run(Ground.take(root, settings, hadoop), commands, most, seed);
      } finally {
        LocalFolder.remove(folder);
      }
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot keep logs and sample data: %s", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LakehouseException.because(e, ErrorCode.INTERRUPTED, "Interrupted");
    }
  }

  private TortureReport run(Ground ground, Commands commands, int most, long seed)
      throws IOException, InterruptedException {
    Rehearsal rehearsal = Rehearsal.run(ground, commands, progress);
    KillPlan plan = new KillPlan(seed);
    while (kills.size() < most) {
      Round round = new Round(ground, rehearsal, commands, progress);
      ground.copy(rehearsal.base(), round.lake());
      watched(ground, round, plan, most - kills.size());
      kills.addAll(round.kills());
      late += round.late();
      if (round.kills().stream().allMatch(Kill::survived)) {
        digests.add(LakeContentsReader.read(round.lake().layout(), hadoop).digest());
      }
      progress.say("torture: %d of %d kills".formatted(kills.size(), most));
    }
    TortureReport report =
        TortureReport.of(
            seed,
            kills,
            late,
            reads,
            new TortureReport.Digests(rehearsal.result().digest(), digests));
    if (report.sound()) {
      ground.giveBack();
    }
    return report;
  }

  private void watched(Ground ground, Round round, KillPlan plan, int most)
      throws InterruptedException {
    try (ReleaseWatch watch = ReleaseWatch.of(round.lake().layout(), ground.hadoop())) {
      round.run(plan, kills.size() + 1, most);
      watch.close();
      reads =
          new Reads(
              reads.total() + watch.reads(),
              reads.failed() + watch.failed(),
              reads.first().or(watch::firstFailure));
    }
  }
}
