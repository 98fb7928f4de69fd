// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/** What a tower's input tensor holds. */
public enum Input {
  /** float32 {@code [n, 3, height, width]}. */
  @JsonProperty("pixels")
  PIXELS("pixel_values"),
  /** float32, log-mel spectrograms in the tower's layout. */
  @JsonProperty("mel")
  MEL("input_features"),
  /** int64 {@code [n, l]}. */
  @JsonProperty("token-ids")
  TOKEN_IDS("input_ids"),
  /** int64 {@code [n, l]}: 1 for a token, 0 for padding. */
  @JsonProperty("attention-mask")
  ATTENTION_MASK("attention_mask"),
  /** int64 {@code [n, l]}: which sentence a token belongs to. */
  @JsonProperty("token-types")
  TOKEN_TYPES("token_type_ids"),
  /** int64 {@code [n, l]}: 0, 1, 2, … */
  @JsonProperty("positions")
  POSITIONS("position_ids");

  private static final Map<String, Input> BY_NAME =
      Map.of(
          PIXELS.exportName, PIXELS,
          TOKEN_IDS.exportName, TOKEN_IDS,
          ATTENTION_MASK.exportName, ATTENTION_MASK,
          TOKEN_TYPES.exportName, TOKEN_TYPES,
          POSITIONS.exportName, POSITIONS);

  private final String exportName;

  Input(String exportName) {
    this.exportName = exportName;
  }

  /** What an input of this name holds in an export of Hugging Face. */
  public static Optional<Input> named(String exportName) {
    return Optional.ofNullable(BY_NAME.get(exportName));
  }
}
