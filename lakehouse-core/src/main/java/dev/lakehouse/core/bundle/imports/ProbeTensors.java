// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.TokenizerSpec;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.bundle.engine.TextTokenizer;
import dev.lakehouse.core.bundle.engine.Tokens;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A few items to try a tower on: pictures of waves, texts from a letter to a page. */
interface ProbeTensors {

  /** How many items there are. */
  int count();

  /** Some of them side by side, as a tower is fed. */
  Map<Input, Tensor> batch(List<Integer> items);

  /**
   * Items for a tower.
   *
   * @param folder where its tokenizer is
   */
  static ProbeTensors of(Tower tower, Path folder) {
    return tower
        .preprocessing()
        .<ProbeTensors>map(Pictures::new)
        .orElseGet(() -> Texts.of(tower.requireTokenizer(), folder));
  }

  /** Pictures as a preprocessing leaves them. */
  record Pictures(ImagePreprocessing how) implements ProbeTensors {
    private static final int COUNT = 4;

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public Map<Input, Tensor> batch(List<Integer> items) {
      Tensor.Floats pixels = Tensor.Floats.zeros(items.size(), 3, how.height(), how.width());
      items.forEach(item -> draw(item + 1, pixels.values()));
      return Map.of(Input.PIXELS, pixels);
    }

    /** Waves along and across, as pictures have them. */
    private void draw(int picture, FloatBuffer values) {
      for (int i = 0; i < 3 * how.height() * how.width(); i++) {
        double across = Math.sin(0.01 * picture * (i % how.width()));
        double along = Math.cos(0.003 * picture * i / how.width());
        values.put((float) (across + along));
      }
    }
  }

  /** Texts in tokens. */
  record Texts(TokenizerSpec spec, List<Tokens> texts) implements ProbeTensors {
    private static final List<String> WORDS =
        List.of(
            "a",
            "two dogs on a beach",
            "The doctor reads a sentence that everybody knows by heart.",
            "Interest rates rose again, and nobody was surprised; the ferries were late as well. "
                .repeat(8));

    static Texts of(TokenizerSpec spec, Path folder) {
      List<Tokens> texts = new ArrayList<>();
      try (TextTokenizer tokenizer =
          TextTokenizer.open(folder.resolve(spec.file()), spec.maxTokens())) {
        WORDS.forEach(words -> texts.add(tokenizer.encode(words)));
      }
      return new Texts(spec, texts);
    }

    @Override
    public int count() {
      return texts.size();
    }

    @Override
    public Map<Input, Tensor> batch(List<Integer> items) {
      List<Tokens> chosen = items.stream().map(texts::get).toList();
      int longest = chosen.stream().mapToInt(Tokens::length).max().orElse(1);
      int length = Math.max(Math.max(1, longest), spec.padTo());
      return TowerProbe.tensors(chosen, length, spec.padId());
    }
  }
}
