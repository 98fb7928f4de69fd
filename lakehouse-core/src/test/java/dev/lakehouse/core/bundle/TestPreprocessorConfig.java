// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPreprocessorConfig {
  private static final String MEANS =
      "\"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // OpenAI's CLIP as it was published, and as newer exporters write it
        "\"size\": 224, \"crop_size\": 224, \"do_center_crop\": true, \"resample\": 3"
            + " | SHORTEST_EDGE | 224 | 224 | 224 | BICUBIC",
        "\"size\": {\"shortest_edge\": 256}, \"crop_size\": {\"height\": 224, \"width\": 200}"
            + " | SHORTEST_EDGE | 256 | 200 | 224 | BICUBIC",
        // SigLIP and ViT
        "\"size\": {\"height\": 384, \"width\": 256}, \"resample\": 2"
            + " | EXACT | 0 | 256 | 384 | BILINEAR",
        "\"size\": {\"longest_edge\": 512}, \"resample\": 1 | LETTERBOX | 0 | 512 | 512 | LANCZOS"
      })
  void theFormsOfHuggingFaceAreUnderstood(
      String config, Resizing resize, int edge, int width, int height, Resampling filter)
      throws JsonProcessingException {
    ImagePreprocessing read = read(config);

    assertThat(read.resize()).isEqualTo(resize);
    assertThat(read.edge()).isEqualTo(edge);
    assertThat(read.width()).isEqualTo(width);
    assertThat(read.height()).isEqualTo(height);
    assertThat(read.filter()).isEqualTo(filter);
    assertThat(read.rescale()).isEqualTo(1 / 255.0);
  }

  @Test
  void whatIsSwitchedOffIsNotDone() throws JsonProcessingException {
    ImagePreprocessing read =
        read(
            "\"size\": {\"height\": 8, \"width\": 8}, \"do_rescale\": false,"
                + " \"do_normalize\": false");

    assertThat(read.rescale()).isEqualTo(1);
    assertThat(read.mean()).containsOnly(0.0);
    assertThat(read.std()).containsOnly(1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"size\": 224 | without a centre crop",
        "\"size\": 224, \"crop_size\": 224, \"resample\": 0 | resample 0",
        "\"size\": 224, \"crop_size\": 224, \"crop_pct\": 0.9 | crop_pct is set",
        "\"do_resize\": false | do_resize is false",
        "\"crop_size\": 224 | expected a number, or shortest_edge"
      })
  void whatCannotBeDoneIsRefused(String config, String message) {
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static ImagePreprocessing read(String config) throws JsonProcessingException {
    return PreprocessorConfig.read(Json.mapper().readTree("{" + config + ", " + MEANS + "}"));
  }
}
