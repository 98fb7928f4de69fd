// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.Json;
import java.util.Map;
import java.util.UUID;

/**
 * What a commit that is made without Spark says of itself, in the words of those that are made with
 * it.
 *
 * @param commit unlike that of any other commit
 * @param run that makes it
 * @param stage that makes it
 */
record AppendNote(String commit, String run, String stage) {

  static AppendNote of(String run, String stage) {
    return new AppendNote(UUID.randomUUID().toString(), run, stage);
  }

  String json() {
    return Json.line(
        Map.of(
            "commit", commit, "run", run, "stage", stage, "inputs", Map.of(), "marks", Map.of()));
  }
}
