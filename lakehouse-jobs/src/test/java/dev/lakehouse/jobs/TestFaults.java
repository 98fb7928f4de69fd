// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.jobs.torture.Faults;
import dev.lakehouse.jobs.torture.Faults.Kind;
import dev.lakehouse.jobs.torture.Faults.Operation;
import dev.lakehouse.jobs.torture.Faults.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run over storage that fails, or does what it is told and does not say so. One over
 * storage of another kind that does not fail is in {@link TestLakeOnVolume}.
 */
@Tag("slow")
class TestFaults {
  private static final Predicate<Operation> COMMIT =
      operation ->
          operation.verb() == Verb.RENAME
              && operation.path().matches(".*/tables/[a-z_]+/_delta_log/\\d{20}\\.json");

  /** The first commit of a lake, three with rows, and the one that counts. */
  private static final Predicate<Operation> CHOSEN =
      COMMIT.and(
          commit ->
              commit.path().matches(".*/(assets/.*0[01]|(filtered|catalog|releases)/.*1)\\.json"));

  private static final Predicate<Operation> BLOB =
      operation -> operation.verb() == Verb.RENAME && operation.path().contains("/blobs/sha256/");

  @TempDir static Path folder;
  private static Path items;
  private static LakeContents clean;
  private static List<Operation> operations;

  @BeforeAll
  static void runInPeace() throws IOException {
    items = FaultyLake.items(folder);
    FaultyLake lake = lake("clean");
    Faults.none();
    assertThat(lake.run()).isZero();
    operations = Faults.done();
    clean = lake.contents();
  }

  @AfterAll
  static void peace() {
    Faults.none();
  }

  private static FaultyLake lake(String name) {
    return FaultyLake.in(folder.resolve(name), items);
  }

  private static int all(Predicate<Operation> which) {
    return (int) operations.stream().filter(which).count();
  }

  @Test
  void everyTableAndBlobIsWrittenThere() {
    assertThat(all(COMMIT)).isGreaterThan(15);
    assertThat(all(BLOB)).isEqualTo(2);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsLookedUp() {
    FaultyLake lake = lake("unanswered");
    Faults.strike(COMMIT.or(BLOB), Kind.LOSE_ANSWER, Integer.MAX_VALUE);

    int exitCode = lake.run();

    assertThat(lake.failure()).isEmpty();
    assertThat(exitCode).isZero();
    Faults.none();
    assertThat(clean.differences(lake.contents())).isEmpty();
  }

  @Test
  void aCommitThatFailsIsToldAndDoneByTheNextRun() {
    FaultyLake lake = lake("failing");
    Set<String> failed = new HashSet<>();
    Set<Integer> exitCodes = new HashSet<>();
    do {
      Faults.strike(CHOSEN.and(commit -> failed.add(commit.path())), Kind.FAIL, 1);
      exitCodes.add(lake.run());
    } while (Faults.left() == 0);

    assertThat(failed).hasSize(5);
    assertThat(exitCodes).containsExactlyInAnyOrder(0, 5);
    assertThat(clean.differences(lake.contents())).isEmpty();
  }
}
