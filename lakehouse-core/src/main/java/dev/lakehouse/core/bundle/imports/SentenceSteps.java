// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Dense;
import dev.lakehouse.core.bundle.description.Pooling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes between the output of a text network and the vector: the pooling and the dense layers
 * that sentence-transformers wrote down, as far as the network does not do them itself.
 *
 * @param pooling how positions become one vector
 * @param dense layers after that
 * @param dimension numbers of the vector
 */
record SentenceSteps(Pooling pooling, List<Dense> dense, int dimension) {
  /** What exporters of whole sentence models call the vector after all modules. */
  private static final String WHOLE = "sentence_embedding";

  private static final String PROJECTED = "text_embeds";

  /**
   * Decides.
   *
   * @param choice the output that is read
   * @throws IllegalArgumentException if what is written down does not go with that output
   */
  static SentenceSteps of(
      OutputChoice choice,
      SentenceModules modules,
      ExportFolder export,
      Path staging,
      ImportNotes notes)
      throws IOException {
    Pooling pooling = pooling(choice, modules, export, notes);
    List<Dense> dense = new ArrayList<>();
    for (String path : modules.dense()) {
      dense.add(DenseConfig.stage(export, path, staging, notes));
    }
    if (choice.positions() || dense.isEmpty()) {
      return chained(choice, pooling, dense);
    }
    Dense last = dense.get(dense.size() - 1);
    Checks.check(
        dense.get(0).in() != last.out(),
        "%s gives [items, %d], which may be before or after %s of modules.json: expected a width"
            + " that tells. Export the network with its last_hidden_state alone",
        choice.output(),
        choice.width(),
        modules.dense());
    if (choice.width() != last.out()) {
      return chained(choice, pooling, dense);
    }
    notes.add("%s has the dense layers %s inside, by its width", choice.output(), modules.dense());
    return new SentenceSteps(pooling, List.of(), choice.width());
  }

  private static SentenceSteps chained(OutputChoice choice, Pooling pooling, List<Dense> dense) {
    int width = choice.width();
    for (Dense layer : dense) {
      Checks.check(
          layer.in() == width,
          "%s takes %d numbers: expected %d, which come before it. Export network and layer from"
              + " one model",
          layer.file(),
          layer.in(),
          width);
      width = layer.out();
    }
    return new SentenceSteps(pooling, List.copyOf(dense), width);
  }

  private static Pooling pooling(
      OutputChoice choice, SentenceModules modules, ExportFolder export, ImportNotes notes)
      throws IOException {
    Optional<PoolingConfig> config = modules.pooling();
    if (choice.positions()) {
      if (config.isPresent()) {
        return config.get().pooling(choice.width(), notes);
      }
      return unsaid(choice, modules, export, notes);
    }
    boolean whole = choice.output().equals(WHOLE) || choice.output().equals(PROJECTED);
    Checks.check(
        config.isEmpty() || whole || !choice.output().equals("pooler_output"),
        "%s asks for a pooling of positions, but the network gives only %s: expected"
            + " last_hidden_state or sentence_embedding. Export it for the task feature-extraction",
        config.map(PoolingConfig::file).orElse(""),
        choice.output());
    return Pooling.NONE;
  }

  private static Pooling unsaid(
      OutputChoice choice, SentenceModules modules, ExportFolder export, ImportNotes notes)
      throws IOException {
    Checks.check(
        modules.isEmpty(),
        "modules.json lists no pooling with a config.json, and %s has a vector for each position:"
            + " expected 1_Pooling/config.json. Copy it from the model's repository",
        choice.output());
    String architectures =
        export
            .json("config.json")
            .map(config -> config.path("architectures").toString())
            .orElse("");
    Checks.check(
        !architectures.contains("CausalLM"),
        "config.json: architectures are %s, whose vector is not the mean of %s: expected"
            + " 1_Pooling/config.json to say what it is. Copy it from the model's repository",
        architectures,
        choice.output());
    notes.add(
        "no file says how %s becomes one vector: its mean is taken. If the model is trained for"
            + " another pooling, copy 1_Pooling/config.json from its repository and import it under"
            + " another name",
        choice.output());
    return Pooling.MEAN;
  }
}
