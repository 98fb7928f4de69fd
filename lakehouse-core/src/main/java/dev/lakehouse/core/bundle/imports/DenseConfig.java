// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Dense;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.engine.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads a dense layer of sentence-transformers: its {@code config.json} and its weights. */
final class DenseConfig {
  private static final Map<String, Dense.Activation> ACTIVATIONS =
      Map.of(
          "torch.nn.modules.activation.Tanh", Dense.Activation.TANH,
          "torch.nn.modules.linear.Identity", Dense.Activation.IDENTITY);
  private static final Set<String> KEYS =
      Set.of("in_features", "out_features", "bias", "activation_function");
  private static final String WEIGHTS = "/model.safetensors";

  private DenseConfig() {}

  /**
   * Copies the weights of a layer and says what it does.
   *
   * @param path folder of the layer in the export
   */
  static Dense stage(ExportFolder export, String path, Path staging, ImportNotes notes)
      throws IOException {
    String file = path + "/config.json";
    JsonNode config = export.requireJson(file, "says what a dense layer does");
    new KnownKeys(file, KEYS, Set.of()).require(config, notes);
    String function = config.path("activation_function").asText("missing");
    Dense.Activation activation = ACTIVATIONS.get(function);
    if (activation == null) {
      throw new IllegalArgumentException(
          "%s: activation_function is %s: expected one of %s. Export the whole model as one network"
                  .formatted(file, function, ACTIVATIONS.keySet())
              + " that gives sentence_embedding");
    }
    Dense dense =
        new Dense(
            path + WEIGHTS,
            copied(export, path, staging),
            config.path("in_features").asInt(),
            config.path("out_features").asInt(),
            activation);
    Safetensors weights = Safetensors.read(staging.resolve(dense.file()));
    weights.floats("linear.weight", dense.out(), dense.in());
    boolean offsets = config.path("bias").asBoolean(true);
    Checks.check(
        weights.has("linear.bias") == offsets,
        "%s: bias is %s, but %s says otherwise: expected both to agree",
        file,
        offsets,
        dense.file());
    return dense;
  }

  private static String copied(ExportFolder export, String path, Path staging) throws IOException {
    PinnedFile.requireInside(path + WEIGHTS);
    Checks.check(
        export.has(path + WEIGHTS),
        "%s is missing: expected the weights of the dense layer there. Pickles (pytorch_model.bin)"
            + " can run code and are refused: save the model again with sentence-transformers 3",
        path + WEIGHTS);
    Path target = staging.resolve(path + WEIGHTS);
    Files.createDirectories(target.getParent());
    return StagedNetwork.copyFile(export.files(), path + WEIGHTS, target);
  }
}
