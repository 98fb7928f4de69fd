// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.PinnedFile;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Guards what a network may refer to. An ONNX file can name any file of the machine as the place of
 * its weights; only files that the bundle declares, with their digests, may be read.
 */
public final class ExternalData {

  private ExternalData() {}

  static void requireDeclared(String bundle, OnnxHeader network, Graph graph) {
    Set<String> declared =
        graph.external().stream().map(PinnedFile::file).collect(Collectors.toSet());
    String beside = graph.file().substring(0, graph.file().lastIndexOf('/') + 1);
    for (String location : network.external()) {
      requirePlain(bundle, graph.file(), location);
      if (!declared.contains(beside + location)) {
        throw refused(bundle, graph.file(), location, "which its model.yaml does not declare");
      }
    }
  }

  /** Refuses a location that is absolute or leads upwards. */
  public static void requirePlain(String bundle, String network, String location) {
    try {
      PinnedFile.requireInside(location);
    } catch (IllegalArgumentException e) {
      throw refused(bundle, network, location, "which lies outside the bundle");
    }
  }

  private static LakehouseException refused(
      String bundle, String network, String location, String why) {
    return LakehouseException.of(
        ErrorCode.INTEGRITY,
        "Refused model bundle %s: %s keeps weights in '%s', %s. Export the model again with its"
            + " weights beside it",
        bundle,
        network,
        location,
        why);
  }
}
