// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static dev.lakehouse.core.lake.index.IndexRows.DIM;
import static dev.lakehouse.core.lake.index.IndexRows.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestIndexSweep {
  private static final Configuration HADOOP = new Configuration();
  private static final String PATH = IndexPlace.path("text", "ab".repeat(32));

  @TempDir Path folder;
  private LakeLayout layout;
  private IndexPlace place;
  private IndexSweep sweep;
  private IndexVersion first;
  private IndexVersion abandoned;
  private IndexVersion last;

  /** A release, one on top of it that was never named, and one that took its place. */
  @BeforeEach
  void index() {
    layout = LakeLayout.of(folder.resolve("my lake").toString(), Settings.defaults());
    place = IndexPlace.of(layout, PATH, HADOOP);
    sweep = new IndexSweep(layout, PATH, HADOOP);
    LanceIndex index = LanceIndex.at(place, DIM);
    first = index.commit(IndexChange.whole("1".repeat(64), write(0, 10)));
    abandoned =
        index.commit(
            IndexChange.since(first.version(), "2".repeat(64), Set.of(id(1)), write(20, 24)));
    last =
        index.commit(
            IndexChange.since(first.version(), "3".repeat(64), Set.of(id(2)), write(30, 31)));
  }

  private List<byte[]> write(int from, int to) {
    return FragmentWriter.write(
        place, DIM, IntStream.range(from, to).mapToObj(IndexRows::row).iterator());
  }

  private Map<String, Long> named() {
    return Map.of(first.tag(), first.version(), last.tag(), last.version());
  }

  @Test
  void whatIsYoungIsNobodysLeftover() {
    write(40, 41);

    assertThat(sweep.find(named(), Instant.now().minusSeconds(600)).isEmpty()).isTrue();
  }

  @Test
  void anAbandonedReleaseGoesAndNamedOnesStay() {
    write(40, 41); // never committed
    Instant horizon = Instant.now().plusSeconds(60);

    IndexLeftovers found = sweep.find(named(), horizon);
    sweep.remove(found, named(), horizon);

    assertThat(found.tags()).containsExactly(abandoned.tag());
    assertThat(found.versions()).contains(abandoned.version());
    assertThat(found.bytes()).isPositive();
    assertThat(sweep.find(named(), horizon).isEmpty()).isTrue();
    assertThat(LanceIndex.at(place, DIM).strangeHead()).isEmpty();
    assertThat(IndexRows.ids(place, first.version())).hasSize(10);
    assertThat(IndexRows.ids(place, last.version())).hasSize(10).contains(id(30));
    assertThatThrownBy(() -> IndexReader.open(place, abandoned.version()))
        .isInstanceOf(LakehouseException.class);
  }

  @Test
  void whatLiesOnTopOfTheLastReleaseIsForTheNextPublish() {
    IndexVersion top =
        LanceIndex.at(place, DIM)
            .commit(IndexChange.since(last.version(), "4".repeat(64), Set.of(id(3)), List.of()));
    Instant horizon = Instant.now().plusSeconds(60);

    sweep.remove(sweep.find(named(), horizon), named(), horizon);

    assertThat(IndexRows.ids(place, top.version())).hasSize(9);
    assertThat(LanceIndex.at(place, DIM).strangeHead()).isEmpty();
    assertThat(sweep.find(named(), horizon).isEmpty()).isTrue();
  }

  @Test
  void aNamedVersionGetsItsTagBack() {
    Instant horizon = Instant.now().plusSeconds(60);
    try (OpenIndex head = OpenIndex.latest(place).orElseThrow()) {
      head.dataset().tags().delete(first.tag());
    }

    sweep.remove(sweep.find(named(), horizon), named(), horizon);

    assertThat(IndexRows.ids(place, first.version())).hasSize(10);
  }

  @Test
  void findsTheIndexesOfALake() {
    assertThat(IndexSweep.paths(layout, HADOOP)).containsExactly(PATH);
  }
}
