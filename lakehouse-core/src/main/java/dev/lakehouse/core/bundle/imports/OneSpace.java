// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Graph;
import java.io.IOException;
import java.util.Set;

/** Refuses a pair whose outputs are no common space, whatever their widths. */
final class OneSpace {
  /** What towers give before their projections. */
  private static final Set<String> INNER =
      Set.of(OutputChoice.POOLER_OUTPUT, OutputChoice.LAST_HIDDEN_STATE, "token_embeddings");

  private OneSpace() {}

  static void require(Graph image, Graph text, ExportFolder export) throws IOException {
    JsonNode config = export.json("config.json").orElse(MissingNode.getInstance());
    int projected = config.path("projection_dim").asInt();
    boolean widths =
        image.dimension() == text.dimension() && (projected == 0 || projected == image.dimension());
    Checks.check(
        widths && kinds(image, text, config),
        "%s of %s has width %d and %s of %s has width %d%s: not one space%s. Export both towers with"
            + " their projections (CLIPVisionModelWithProjection, CLIPTextModelWithProjection)",
        image.output(),
        image.file(),
        image.dimension(),
        text.output(),
        text.file(),
        text.dimension(),
        projected == 0 ? "" : ", but config.json says projection_dim " + projected,
        widths
            ? ", since only a config.json of model_type siglip says that pooler_output is one"
            : "");
  }

  private static boolean kinds(Graph image, Graph text, JsonNode config) {
    boolean inner = INNER.contains(image.output()) || INNER.contains(text.output());
    boolean poolers =
        image.output().equals(OutputChoice.POOLER_OUTPUT)
            && text.output().equals(OutputChoice.POOLER_OUTPUT);
    boolean trained = !INNER.contains(image.output()) && !text.dense().isEmpty();
    return !inner || poolers && TokenizerConfig.isSiglip(config) || trained;
  }
}
