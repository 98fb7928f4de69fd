// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    Tensor pixels = Tensor.Floats.zeros(ROWS, 3, how.height(), how.width());
    Map<String, long[]> shapes = shapes(network, idle, Map.of(Input.PIXELS, pixels));
    return OutputChoice.of(Tower.IMAGE, shapes, ROWS, 0, Pooling.MEAN);
  }

  /** Two texts, one of a word and one as long as the model claims to read. */
  static OutputChoice texts(
      StagedNetwork network,
      Map<String, List<Long>> idle,
      TokenizerSpec tokenizer,
      Pooling positions) {
    List<Tokens> texts = new ArrayList<>();
    try (TextTokenizer open =
        TextTokenizer.open(network.folder().resolve(tokenizer.file()), tokenizer.maxTokens())) {
      texts.add(open.encode("a"));
      texts.add(open.encode("a ".repeat(tokenizer.maxTokens())));
    }
    int length = Math.max(texts.get(1).length(), tokenizer.padTo());
    Map<String, long[]> shapes = shapes(network, idle, tensors(texts, length, tokenizer.padId()));
    return OutputChoice.of(Tower.TEXT, shapes, ROWS, length, positions);
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
      StagedNetwork network, Map<String, List<Long>> idle, Map<Input, Tensor> inputs) {
    try (NativeSession session =
        NativeSession.open(network.folder().resolve(network.file()), "cpu")) {
      return session.shapes(LoadedTower.named(network.inputs(), idle, inputs));
    } catch (InferenceException e) {
      throw new IllegalArgumentException(
          "%s cannot run two items: %s. Export it with dynamic batch and sequence axes"
              .formatted(network.file(), e.getMessage()),
          e);
    }
  }
}
