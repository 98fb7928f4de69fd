// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import dev.lakehouse.core.lake.LakeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The policy that a lake keeps or, where it was given none, the one that judged last. */
final class PolicyInForce {

  private PolicyInForce() {}

  static Optional<KeptPolicy> find(LakeReader lake, Kept kept) {
    return kept.policy()
        .or(
            () ->
                lake.lastNote(Tables.VERDICTS, "judge")
                    .flatMap(note -> note.find("policy"))
                    .map(digest -> new KeptPolicy(name(lake, digest), digest)));
  }

  private static String name(LakeReader lake, String digest) {
    if (digest.equals(Policy.builtIn().digest())) {
      return Policy.builtIn().name();
    }
    Path file = new Path(lake.layout().policies(), digest + ".yaml");
    try (InputStream in = file.getFileSystem(lake.hadoop()).open(file)) {
      return Policy.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).name();
    } catch (IOException | LakehouseException e) {
      return "unknown"; // audit names a text that is gone
    }
  }
}
