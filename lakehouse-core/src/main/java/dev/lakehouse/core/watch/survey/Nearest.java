// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The few of many that come first in an order: by a number, then by id. */
final class Nearest {
  /**
   * One of them.
   *
   * @param rank by which it is ordered, the smallest first
   * @param assetId the asset
   * @param note what to say of it
   */
  record Pick(double rank, String assetId, String note) {}

  private static final Comparator<Pick> ORDER =
      Comparator.comparingDouble(Pick::rank).thenComparing(Pick::assetId);

  private final int most;
  private final TreeSet<Pick> picks = new TreeSet<>(ORDER);

  Nearest(int most) {
    this.most = most;
  }

  /** Whether one of such a rank would be kept; asked first, where its note costs something. */
  boolean wants(double rank) {
    return picks.size() < most || rank <= picks.last().rank();
  }

  void offer(double rank, String assetId, String note) {
    picks.add(new Pick(rank, assetId, note));
    if (picks.size() > most) {
      picks.pollLast();
    }
  }

  List<Pick> inOrder() {
    return new ArrayList<>(picks);
  }
}
