// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRuns {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  private Runs runs() {
    LakeLayout layout = LakeLayout.of(folder.toString(), Settings.defaults());
    return new Runs(
        new LakeTables(SparkTest.session(), layout::table), layout, Settings.defaults(), said::add);
  }

  @Test
  void aPageThatCannotBeMadeCostsNoRunItsReport() throws Exception {
    List<Error> failures =
        List.of(
            new OutOfMemoryError("Java heap space"),
            new NoClassDefFoundError("a/Picture"),
            new StackOverflowError());

    for (Error failure : failures) {
      Optional<String> page =
          runs().record("run", steps -> steps.page(() -> broken(failure), Optional.empty()));

      assertThat(page).isEmpty();
    }
    assertThat(said)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("no page about the run: "))
        .anySatisfy(line -> assertThat(line).contains("OutOfMemoryError: Java heap space"));
    try (Stream<Path> reports = Files.walk(folder.resolve("runs"))) {
      assertThat(reports.filter(each -> each.endsWith("run-report.json")))
          .hasSize(3)
          .allSatisfy(each -> assertThat(each).content().contains("\"exit_code\" : 0"));
    }
  }

  /** A setting that is refused, say: the refusal is the answer, not that there is no lake yet. */
  @Test
  void aRunThatIsRefusedBeforeThereIsALakeSaysNothingOfItsPage() {
    LakehouseException none = LakehouseException.of(ErrorCode.LAKE_MISSING, "No lake");

    Optional<String> page =
        runs()
            .record(
                "run",
                steps ->
                    steps.page(
                        () -> {
                          throw none;
                        },
                        Optional.of(new IllegalStateException("refused"))));

    assertThat(page).isEmpty();
    assertThat(said).isEmpty();
  }

  private static LakeView broken(Error failure) {
    throw failure;
  }
}
