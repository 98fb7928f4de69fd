// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether an index of tens of thousands of rows can be gone on with, release after release. Another
 * version of Lance is to pass this before it is taken: what fails here has passed with thousands.
 */
class TestIndexGrowth {
  private static final int FIRST = 30_000;
  private static final int MORE = 10_000;
  private static final int RELEASES = 3;
  private static final List<String> WORDS =
      List.of(
          ("dog cat horse train bus river bridge tower child woman man doctor sailor farmer painter"
                  + " bird ship plane bicycle garden runs walks sleeps waits sings paints builds"
                  + " reads looks jumps red blue green old new wooden stone quiet loud bright dark"
                  + " small street harbour mountain kitchen library station market forest beach")
              .split(" "));

  @TempDir Path folder;

  @Test
  void everyReleaseFindsWhatItHolds() {
    LakeLayout layout = LakeLayout.of(folder.toString(), Settings.defaults());
    IndexPlace place =
        IndexPlace.of(layout, IndexPlace.path("text", "ab".repeat(32)), new Configuration());
    LanceIndex index = LanceIndex.at(place, IndexRows.DIM, MORE);
    IndexVersion last =
        index.commit(
            IndexChange.whole(
                release(0), FragmentWriter.write(place, IndexRows.DIM, rows(0, FIRST))));
    for (int i = 1; i < RELEASES; i++) {
      int from = FIRST + (i - 1) * MORE;
      last =
          index.commit(
              IndexChange.since(
                  last.version(),
                  release(i),
                  Set.of(IndexRows.id(from - 1)), // one leaves
                  FragmentWriter.write(place, IndexRows.DIM, rows(from, from + MORE))));
      try (IndexReader reader = IndexReader.open(place, last.version())) {
        assertThat(reader.count()).isEqualTo(from + MORE - i);
        for (int row : new int[] {0, FIRST - 2, from, from + MORE - 1}) {
          WordQuery alone = WordQuery.of("\"number n" + row + " of\"");
          assertThat(reader.holding(alone, 3, Optional.empty()))
              .as("row %d of release %d", row, i)
              .singleElement()
              .satisfies(hit -> assertThat(hit.assetId()).isEqualTo(IndexRows.id(row)));
          assertThat(reader.nearest(IndexRows.vector(row), 1, Optional.empty()))
              .singleElement()
              .satisfies(hit -> assertThat(hit.assetId()).isEqualTo(IndexRows.id(row)));
        }
      }
    }
  }

  private static String release(int number) {
    return String.valueOf(number).repeat(64);
  }

  private static Iterator<@Nullable Object[]> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(TestIndexGrowth::row).iterator();
  }

  private static @Nullable Object[] row(int number) {
    Random random = new Random(number);
    StringBuilder text = new StringBuilder("The");
    for (int i = 0; i < 12; i++) {
      text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    text.append(", number n").append(number).append(" of many");
    @Nullable Object[] row = IndexRows.row(number);
    row[IndexColumns.TABLE.indexOf(IndexColumns.WORDS)] =
        IndexColumns.words(List.of(text.toString())).orElse(null);
    return row;
  }
}
