// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.lake.Kept.KeptPolicy;
import dev.lakehouse.core.lake.Release;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a lake stands.
 *
 * @param seen items that sources offered, and what is published of what they no longer have
 * @param states items in each state; they add up to {@code seen}
 * @param reasons why items are not published, most frequent first; an item may have several
 * @param tables version of each table that exists
 * @param releases every release, oldest first
 * @param familiesOff families whose vectors nobody asks for or can make, and why
 * @param current sequence of the release that readers start from; empty where nothing is released
 * @param next what the next publish would change of that
 * @param unjudged assets that are new or otherwise since the last judgement
 * @param policy in force
 * @param models name of the model bundle of each family that is on
 */
public record LakeStatus(
    long seen,
    Map<String, Long> states,
    List<Reason> reasons,
    Map<String, Long> tables,
    List<Release> releases,
    List<String> familiesOff,
    Optional<Long> current,
    Next next,
    boolean unjudged,
    Optional<KeptPolicy> policy,
    Map<String, String> models) {

  /** Every state, in the order of {@link ItemState}. */
  public static final List<String> STATES =
      Arrays.stream(ItemState.values()).map(ItemState::word).toList();

  /**
   * One reason.
   *
   * @param state of the items
   * @param reason stable code
   * @param count items
   */
  public record Reason(String state, String reason, long count) {}

  /**
   * What the next publish would change of what readers see.
   *
   * @param fit assets that would be published then
   * @param added assets that are not published now
   * @param changed assets that are published otherwise now
   * @param removed assets that would no longer be published
   * @param reasons why they would not, most frequent first
   * @param withdrawn release that was withdrawn and is the very same: publishing does not bring it
   *     back
   */
  public record Next(
      long fit,
      long added,
      long changed,
      long removed,
      List<Reason> reasons,
      Optional<Long> withdrawn) {

    /** Whether publishing would change anything. */
    public boolean isNothing() {
      return withdrawn.isPresent() || added + changed + removed == 0;
    }
  }

  /** How many items are in a state. */
  public long count(ItemState state) {
    return states.getOrDefault(state.word(), 0L);
  }
}
