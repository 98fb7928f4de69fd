// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.lake.Release;
import java.util.List;
import java.util.Optional;

/**
 * What everything was made with.
 *
 * @param policy name of the policy that judged
 * @param policyDigest its digest
 * @param judgement its id; empty where nothing was judged
 * @param release whose models they are: the one that the run left in force
 * @param tables version of each table before and after
 * @param releases every release that there is now, oldest first
 */
public record Origin(
    String policy,
    String policyDigest,
    Optional<String> judgement,
    Told<Release> release,
    List<Version> tables,
    Told<List<Release>> releases) {

  public Origin {
    tables = List.copyOf(tables);
  }

  /**
   * A table.
   *
   * @param table its name
   * @param before its version when the run began; -1 where it did not exist, empty where nobody
   *     knows
   * @param after its version when it ended, likewise
   */
  public record Version(String table, Optional<Long> before, Optional<Long> after) {}
}
