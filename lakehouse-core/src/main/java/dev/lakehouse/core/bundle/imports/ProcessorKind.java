// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Resampling;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an image processor of Hugging Face does where its file says nothing.
 *
 * @param filter kernel of the resize
 * @param crops whether it cuts out the centre
 * @param cropUnsaid pixels of the centre's sides; 0 for one that never crops
 * @param square whether a single number as size is both sides, and not the shorter one
 */
record ProcessorKind(Resampling filter, boolean crops, int cropUnsaid, boolean square) {
  private static final int CLIP_SIZE = 224;
  private static final ProcessorKind CLIP =
      new ProcessorKind(Resampling.BICUBIC, true, CLIP_SIZE, false);

  /** By the name without what all of them end in. Others have steps that no key speaks of. */
  private static final Map<String, ProcessorKind> KINDS =
      Map.of(
          "CLIP", CLIP,
          "ChineseCLIP", CLIP,
          "Bit", CLIP,
          "Siglip", new ProcessorKind(Resampling.BICUBIC, false, 0, true),
          "Blip", new ProcessorKind(Resampling.BICUBIC, false, 0, true),
          "ViT", new ProcessorKind(Resampling.BILINEAR, false, 0, true),
          "DeiT", new ProcessorKind(Resampling.BICUBIC, true, CLIP_SIZE, true));

  /**
   * The kind that a file names; none where it names none.
   *
   * @throws IllegalArgumentException if it names one whose steps are not known here
   */
  static Optional<ProcessorKind> of(JsonNode config) {
    String key =
        config.hasNonNull("image_processor_type")
            ? "image_processor_type"
            : "feature_extractor_type";
    if (!config.hasNonNull(key)) {
      return Optional.empty();
    }
    String type = config.get(key).asText();
    ProcessorKind kind =
        KINDS.get(type.replaceFirst("(ImageProcessor(Fast|Pil)?|FeatureExtractor)$", ""));
    Checks.check(
        kind != null,
        "%s: %s is %s, whose steps are not known here: expected one of %s. Remove the key if the"
            + " others say everything that is done to a picture",
        PreprocessorConfig.FILE,
        key,
        type,
        new TreeSet<>(KINDS.keySet()));
    return Optional.ofNullable(kind);
  }
}
