// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.core.lake.proof.LakeContentsReader;
import dev.lakehouse.jobs.lake.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same work in peace: a lake with an old release, and what each stage makes of it when more is
 * delivered.
 */
final class Rehearsal {
  private static final long SEED = 20_260_201;
  private static final int SCENES_BEFORE = 12;
  private static final int SCENES_AFTER = 30;

  /**
   * A stage that nothing disturbed.
   *
   * @param work how long it worked, without the start of its process
   * @param contents of the lake afterwards
   */
  record Peace(Duration work, LakeContents contents) {}

  private final Ground ground;
  private final Commands commands;
  private final Progress progress;
  private final TrialLake base;
  private final Map<Stage, Peace> peace = new LinkedHashMap<>();

  private Rehearsal(Ground ground, Commands commands, Progress progress) {
    this.ground = ground;
    this.commands = commands;
    this.progress = progress;
    this.base = ground.lake("base");
  }

  /** Runs everything once. */
  static Rehearsal run(Ground ground, Commands commands, Progress progress) throws IOException {
    Rehearsal rehearsal = new Rehearsal(ground, commands, progress);
    rehearsal.makeBase();
    rehearsal.goThroughStages();
    return rehearsal;
  }

  /** The lake before the stages: everything published of a first delivery. */
  TrialLake base() {
    return base;
  }

  /** The stages in their order, with what each does in peace. */
  Map<Stage, Peace> stages() {
    return peace;
  }

  private void makeBase() throws IOException {
    progress.say("torture: a small lake with a release");
    String sample = deliver(SCENES_BEFORE);
    commands.require(
        Stage.of("ingest", "--source", "files", "--path", sample + "/texts", "--name", "texts"),
        base);
    commands.requireAndLearn(new Stage("run", scenes(sample)), base);
  }

  /** Draws the sample where it was before, so that a second delivery changes and adds. */
  private String deliver(int scenes) throws IOException {
    Path local = commands.folder().resolve("sample");
    LocalFolder.remove(local);
    Delivery.write(local, SEED, scenes);
    return ground.keep(local, "sample");
  }

  private static List<String> scenes(String sample) {
    return List.of(
        "--source",
        "jsonl",
        "--path",
        sample + "/scenes/captions.jsonl",
        "--map",
        DemoData.MAPPING,
        "--name",
        "scenes");
  }

  private void goThroughStages() throws IOException {
    TrialLake clean = ground.lake("clean");
    ground.copy(base, clean);
    String sample = deliver(SCENES_AFTER);
    List<Stage> stages =
        List.of(
            new Stage("ingest", scenes(sample)),
            Stage.of("measure"),
            Stage.of("dedup"),
            Stage.of("judge"),
            Stage.of("embed"),
            Stage.of(Stage.PUBLISH));
    for (Stage stage : stages) {
      peace.put(stage, inPeace(stage, clean));
      progress.say(
          "torture: %s works for %.1f s in peace"
              .formatted(stage.name(), peace.get(stage).work().toMillis() / 1e3));
    }
  }

  private Peace inPeace(Stage stage, TrialLake clean) {
    RunFolders runs = new RunFolders(clean.layout().runs(), ground.hadoop());
    Set<String> before = runs.ids();
    commands.require(stage, clean);
    Duration work = runs.time(runs.begun(before).orElseThrow());
    return new Peace(work, LakeContentsReader.read(clean.layout(), ground.hadoop()));
  }

  /** What the lake says when every stage is done. */
  LakeContents result() {
    return peace.values().stream().reduce((first, last) -> last).orElseThrow().contents();
  }
}
