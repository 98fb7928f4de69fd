// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.TokenizerSpec;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.NativeSession;
import dev.lakehouse.core.bundle.engine.OnnxInput;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.bundle.engine.TextTokenizer;
import dev.lakehouse.core.bundle.engine.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Runs a network once on two items to see what really comes out; what a file declares about its
 * shapes is often missing and sometimes wrong.
 */
final class TowerProbe {
  private static final int ROWS = 2;

  private TowerProbe() {}

  /** Two black pictures. */
  static OutputChoice pictures(
      StagedNetwork network, Map<String, List<Long>> idle, ImagePreprocessing how) {
    OnnxInput pixels = network.declared(Input.PIXELS).orElseThrow();
    Checks.check(
        pixels.fixed(1).orElse(3) == 3
            && pixels.fixed(2).orElse(how.height()) == how.height()
            && pixels.fixed(3).orElse(how.width()) == how.width(),
        "preprocessor_config.json makes pictures of [3, %d, %d], but %s takes %s: expected the same."
            + " Copy the file from the repository of that model",
        how.height(),
        how.width(),
        network.file(),
        pixels);
    Map<String, long[]> shapes =
        shapes(
            network,
            idle,
            rows -> Map.of(Input.PIXELS, Tensor.Floats.zeros(rows, 3, how.height(), how.width())));
    return OutputChoice.of(OutputChoice.PICTURES, shapes, ROWS, 0);
  }

  /**
   * Two texts, one of a word and one as long as the model claims to read.
   *
   * @param preferred names of outputs, the best first
   */
  static OutputChoice texts(
      StagedNetwork network,
      Map<String, List<Long>> idle,
      TokenizerSpec tokenizer,
      List<String> preferred) {
    List<Tokens> texts = new ArrayList<>();
    try (TextTokenizer open =
        TextTokenizer.open(network.folder().resolve(tokenizer.file()), tokenizer.maxTokens())) {
      texts.add(open.encode("a ".repeat(tokenizer.maxTokens())));
      texts.add(open.encode("a"));
    }
    int length = Math.max(texts.get(0).length(), tokenizer.padTo());
    Map<String, long[]> shapes =
        shapes(network, idle, rows -> tensors(texts.subList(0, rows), length, tokenizer.padId()));
    return OutputChoice.of(preferred, shapes, ROWS, length);
  }

  static Map<Input, Tensor> tensors(List<Tokens> texts, int length, long padId) {
    Tensor.Longs ids = Tensor.Longs.zeros(texts.size(), length);
    Tensor.Longs mask = Tensor.Longs.zeros(texts.size(), length);
    Tensor.Longs positions = Tensor.Longs.zeros(texts.size(), length);
    for (Tokens text : texts) {
      for (int i = 0; i < length; i++) {
        boolean token = i < text.length();
        ids.values().put(token ? text.ids()[i] : padId);
        mask.values().put(token ? 1 : 0);
        positions.values().put(i);
      }
    }
    return Map.of(
        Input.TOKEN_IDS, ids,
        Input.ATTENTION_MASK, mask,
        Input.POSITIONS, positions,
        Input.TOKEN_TYPES, Tensor.Longs.zeros(texts.size(), length));
  }

  private static Map<String, long[]> shapes(
      StagedNetwork network, Map<String, List<Long>> idle, IntFunction<Map<Input, Tensor>> items) {
    try (NativeSession session =
        NativeSession.open(network.folder().resolve(network.file()), DeviceChoice.CPU)) {
      try {
        return session.shapes(LoadedTower.named(network.inputs(), idle, items.apply(ROWS)));
      } catch (InferenceException e) {
        throw new IllegalArgumentException(refusal(session, network, idle, items, e), e);
      }
    }
  }

  /** Only a network that runs one item is helped by another export of its axes. */
  private static String refusal(
      NativeSession session,
      StagedNetwork network,
      Map<String, List<Long>> idle,
      IntFunction<Map<Input, Tensor>> items,
      InferenceException two) {
    try {
      session.shapes(LoadedTower.named(network.inputs(), idle, items.apply(1)));
    } catch (InferenceException one) {
      return ("%s runs neither two items nor one: %s. Its inputs are %s: see that network, tokenizer"
              + " and preprocessor are of one model")
          .formatted(network.file(), one.getMessage(), network.header().inputs());
    }
    return "%s runs one item, but not two: %s. Export it with a dynamic batch axis"
        .formatted(network.file(), two.getMessage());
  }
}
