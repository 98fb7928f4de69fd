// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A process that makes an index of many words, since Lance reads its threads from the environment
 * of a process. Leaves with 0, or as a command leaves on what was thrown.
 */
final class FullTextBuild {
  private static final int WORDS = 150;
  private static final String RELEASE = "1".repeat(64);

  private FullTextBuild() {}

  /**
   * Makes the index.
   *
   * @param args folder of the lake, rows, seconds of patience
   */
  public static void main(String[] args) {
    LakeLayout layout =
        LakeLayout.of(
            args[0],
            Settings.defaults().orElse(Map.of("lakehouse.index.stall-seconds", args[2]), "test"));
    try {
      System.out.println(build(layout, Integer.parseInt(args[1])) + " rows");
      System.exit(0);
    } catch (LakehouseException e) {
      System.out.println(e.getMessage());
      System.exit(e.code().exitCode());
    }
  }

  private static long build(LakeLayout layout, int rows) {
    IndexPlace place =
        IndexPlace.of(layout, IndexPlace.path("text", "ab".repeat(32)), new Configuration());
    Iterator<@Nullable Object[]> all =
        IntStream.range(0, rows).mapToObj(FullTextBuild::row).iterator();
    List<byte[]> fragments = FragmentWriter.write(place, IndexRows.DIM, all);
    LanceIndex index = LanceIndex.at(place, IndexRows.DIM, Long.MAX_VALUE); // words alone
    return index.commit(IndexChange.whole(RELEASE, fragments)).rows();
  }

  /** Rows with words of their own: a list of places for each makes the pages that a file fills. */
  private static @Nullable Object[] row(int number) {
    Random random = new Random(number);
    @Nullable Object[] row = IndexRows.row(number);
    row[IndexColumns.TABLE.indexOf(IndexColumns.WORDS)] =
        random
            .ints(WORDS, 0, Integer.MAX_VALUE)
            .mapToObj(word -> Integer.toString(word, Character.MAX_RADIX))
            .collect(Collectors.joining(" "));
    return row;
  }
}
