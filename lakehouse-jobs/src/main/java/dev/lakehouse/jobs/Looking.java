// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.jobs.pipeline.LakeContext;
import java.util.Map;

/** Lets who has a session of Spark look at a lake as those do who have none. */
final class Looking {

  private Looking() {}

  /**
   * The lake as it is now.
   *
   * @param embedded digests of encoders that were used just now, by family
   */
  static LakeView at(LakeContext context, Map<String, String> embedded) {
    return LakeView.of(
        context.layout(),
        context.settings(),
        context.models(),
        context.spark().sessionState().newHadoopConf(),
        embedded);
  }
}
