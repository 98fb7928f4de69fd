// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.TokenizerSpec;
import dev.lakehouse.core.bundle.engine.Scratch;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.bundle.engine.Tokens;
import java.util.List;
import java.util.Map;

/**
 * Texts of different length side by side, the shorter ones padded at the end.
 *
 * @param rows texts
 * @param ids of the tokens
 * @param mask 1 for a token, 0 for padding
 * @param types which sentence a token belongs to
 * @param positions 0, 1, 2, …
 */
record TokenBatch(
    int rows, Tensor.Longs ids, Tensor.Longs mask, Tensor.Longs types, Tensor.Longs positions) {
  /** Changes when the same text would become other numbers; part of the encoder's name. */
  static final String STEPS = "html-visible@1 hf-tokenizer@1 pad-right@1";

  static TokenBatch of(List<Tokens> texts, TokenizerSpec spec, Scratch scratch) {
    int length = Math.max(1, spec.padTo());
    for (Tokens text : texts) {
      length = Math.max(length, text.length());
    }
    int rows = texts.size();
    Tensor.Longs ids = scratch.longs(Input.TOKEN_IDS, rows, length);
    Tensor.Longs mask = scratch.longs(Input.ATTENTION_MASK, rows, length);
    Tensor.Longs types = scratch.longs(Input.TOKEN_TYPES, rows, length);
    Tensor.Longs positions = scratch.longs(Input.POSITIONS, rows, length);
    for (int row = 0; row < rows; row++) {
      Tokens text = texts.get(row);
      int at = row * length;
      for (int i = 0; i < length; i++, at++) {
        boolean token = i < text.length();
        ids.values().put(at, token ? text.ids()[i] : spec.padId());
        mask.values().put(at, token ? 1 : 0);
        types.values().put(at, token ? text.types()[i] : 0);
        positions.values().put(at, i);
      }
    }
    return new TokenBatch(rows, ids, mask, types, positions);
  }

  /** What a tower may be fed. */
  Map<Input, Tensor> tensors() {
    return Map.of(
        Input.TOKEN_IDS, ids,
        Input.ATTENTION_MASK, mask,
        Input.TOKEN_TYPES, types,
        Input.POSITIONS, positions);
  }
}
