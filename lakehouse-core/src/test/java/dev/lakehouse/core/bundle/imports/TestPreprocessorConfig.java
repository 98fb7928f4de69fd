// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Resampling;
import dev.lakehouse.core.bundle.description.Resizing;
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
        "\"size\": {\"height\": 8, \"width\": 8}, \"resample\": 1 | EXACT | 0 | 8 | 8 | LANCZOS",
        // a single size is both sides where nothing is cut, as in ViT
        "\"size\": 384, \"do_center_crop\": false | EXACT | 0 | 384 | 384 | BICUBIC",
        "\"size\": 224, \"feature_extractor_type\": \"ViTFeatureExtractor\""
            + " | EXACT | 0 | 224 | 224 | BILINEAR",
        "\"size\": 224, \"image_processor_type\": \"CLIPImageProcessorFast\""
            + " | SHORTEST_EDGE | 224 | 224 | 224 | BICUBIC",
        "\"size\": {\"shortest_edge\": 336}, \"image_processor_type\": \"CLIPImageProcessor\""
            + " | SHORTEST_EDGE | 336 | 224 | 224 | BICUBIC",
        // a crop that cuts nothing off
        "\"size\": {\"height\": 32, \"width\": 32}, \"crop_size\": 32, \"do_center_crop\": true"
            + " | EXACT | 0 | 32 | 32 | BICUBIC",
        "\"size\": 224, \"crop_size\": 224, \"resample\": 0"
            + " | SHORTEST_EDGE | 224 | 224 | 224 | NEAREST",
        "\"size\": 224, \"crop_size\": 224, \"resample\": \"bilinear\""
            + " | SHORTEST_EDGE | 224 | 224 | 224 | BILINEAR",
        "\"size\": 224, \"crop_size\": 224, \"resample\": null, \"do_pad\": false, \"crop_pct\": null"
            + " | SHORTEST_EDGE | 224 | 224 | 224 | BICUBIC"
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
  void oneNumberIsThatOfEveryChannel() throws JsonProcessingException {
    ImagePreprocessing read =
        read("\"size\": 8, \"crop_size\": 8, \"image_mean\": 0.25, \"image_std\": 2");

    assertThat(read.mean()).containsExactly(0.25, 0.25, 0.25);
    assertThat(read.std()).containsExactly(2.0, 2.0, 2.0);
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
        "\"size\": {\"shortest_edge\": 224} | without a centre crop",
        "\"size\": 224, \"crop_size\": 224, \"resample\": 7 | resample is 7",
        "\"size\": 224, \"crop_size\": 224, \"resample\": \"area\" | resample is \"area\"",
        "\"size\": {\"longest_edge\": 512} | size is {\"longest_edge\":512}",
        "\"size\": {\"shortest_edge\": 224, \"longest_edge\": 512} | size is",
        "\"size\": {\"height\": 256, \"width\": 256}, \"crop_size\": 224 | crop_size is 224 after",
        "\"size\": 224, \"crop_size\": {\"shortest_edge\": 224} | crop_size is {",
        "\"size\": 224, \"crop_size\": 224, \"do_flip_channel_order\": true | do_flip_channel_order",
        "\"size\": 224, \"crop_size\": 224, \"do_pad\": true | do_pad is true",
        "\"size\": 224, \"crop_size\": 224, \"rescale_offset\": true | rescale_offset is true",
        "\"size\": 224, \"crop_size\": 224, \"image_mean\": [0.5] | image_mean is [0.5]",
        "\"size\": 224, \"crop_size\": 224, \"image_std\": \"0.5\" | image_std is",
        "\"size\": 224, \"crop_size\": 224, \"do_normalize\": 1 | do_normalize is 1",
        "\"size\": 224, \"crop_size\": 224, \"image_processor_type\": \"MobileViTImageProcessor\""
            + " | MobileViTImageProcessor, whose steps are not known",
        "\"size\": 224, \"crop_size\": 224, \"crop_pct\": 0.9 | crop_pct is 0.9",
        "\"do_resize\": false | do_resize is false",
        "\"crop_size\": 224 | expected a number, {"
      })
  void whatCannotBeDoneIsRefused(String config, String message) {
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static ImagePreprocessing read(String config) throws JsonProcessingException {
    return PreprocessorConfig.read(
        Json.mapper().readTree("{" + MEANS + ", " + config + "}"), new ImportNotes());
  }
}
