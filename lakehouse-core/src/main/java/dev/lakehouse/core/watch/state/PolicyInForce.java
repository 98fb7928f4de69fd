// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.PolicyText;
import java.util.Optional;

/** The policy that a lake keeps or, where it was given none, the one that judged last. */
final class PolicyInForce {

  private PolicyInForce() {}

  static Optional<KeptPolicy> find(LakeReader lake, Kept kept) {
    return kept.policy()
        .or(() -> judged(lake).map(digest -> new KeptPolicy(name(lake, digest), digest)));
  }

  /** Digest of the policy that judged last. */
  private static Optional<String> judged(LakeReader lake) {
    return lake.lastNote(Tables.VERDICTS, "judge").flatMap(note -> note.find("policy"));
  }

  private static String name(LakeReader lake, String digest) {
    return PolicyText.find(lake, digest).map(Policy::name).orElse("unknown");
  }

  /** The policy that judged last, else the one that is kept, else the built-in one. */
  static Optional<Policy> judge(LakeReader lake, Kept kept) {
    Optional<String> digest = judged(lake).or(() -> kept.policy().map(KeptPolicy::digest));
    return digest.isEmpty() ? Optional.of(Policy.builtIn()) : PolicyText.find(lake, digest.get());
  }
}
