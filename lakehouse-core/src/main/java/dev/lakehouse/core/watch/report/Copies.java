// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;

/**
 * Assets that are the same.
 *
 * @param clusters how many such clusters there are
 * @param members how many assets are in them
 * @param shown some of the clusters, the largest first
 */
public record Copies(long clusters, long members, List<Cluster> shown) {
  public Copies {
    shown = List.copyOf(shown);
  }

  /**
   * One cluster.
   *
   * @param kind exact, or how else they are alike
   * @param evidence why they are
   * @param size members
   * @param shown some of the members
   */
  public record Cluster(String kind, String evidence, long size, List<Member> shown) {
    public Cluster {
      shown = List.copyOf(shown);
    }
  }

  /**
   * A member.
   *
   * @param item what is seen of it
   * @param fate what became of it
   */
  public record Member(Shown item, Fate fate) {}

  /** What became of a member. */
  public enum Fate {
    /** It is kept for all of them. */
    KEPT("kept"),
    /** Another is kept in its place. */
    COPY("copy"),
    /** It did not pass for a reason of its own, or was not judged. */
    OUT("out of the running");

    private final String words;

    Fate(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
