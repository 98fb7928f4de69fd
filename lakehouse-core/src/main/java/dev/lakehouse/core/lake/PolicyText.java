// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.curate.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The texts of the policies that a lake was judged by, under their digests. */
public final class PolicyText {

  private PolicyText() {}

  /** The policy of a digest; empty where its text is gone, which an audit names. */
  public static Optional<Policy> find(LakeReader lake, String digest) {
    if (digest.equals(Policy.builtIn().digest())) {
      return Optional.of(Policy.builtIn());
    }
    Path file = new Path(lake.layout().policies(), digest + ".yaml");
    try (InputStream in = file.getFileSystem(lake.hadoop()).open(file)) {
      return Optional.of(Policy.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException | LakehouseException e) {
      return Optional.empty();
    }
  }
}
