// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code preprocessor_config.json} as Hugging Face's image processors do. */
final class PreprocessorConfig {
  private static final Map<Integer, Resampling> RESAMPLING =
      Map.of(
          1, Resampling.LANCZOS,
          2, Resampling.BILINEAR,
          3, Resampling.BICUBIC,
          4, Resampling.BOX,
          5, Resampling.HAMMING);

  private final JsonNode config;

  private PreprocessorConfig(JsonNode config) {
    this.config = config;
  }

  /**
   * What is done to a picture.
   *
   * @throws IllegalArgumentException if the file asks for something else than resize, centre crop,
   *     rescale and normalise
   */
  static ImagePreprocessing read(JsonNode config) {
    return new PreprocessorConfig(config).preprocessing();
  }

  private ImagePreprocessing preprocessing() {
    Checks.check(config.path("do_resize").asBoolean(true), "do_resize is false: expected true");
    Checks.check(!config.has("crop_pct"), "crop_pct is set: expected a plain centre crop");
    JsonNode size = config.path("size");
    boolean crop = config.path("do_center_crop").asBoolean(config.has("crop_size"));
    if (size.has("height") && size.has("width")) {
      Checks.check(!crop, "size %s and a centre crop: expected one of them", size);
      return sized(Resizing.EXACT, 0, size.get("width").asInt(), size.get("height").asInt());
    }
    if (size.has("longest_edge")) {
      int edge = size.get("longest_edge").asInt();
      return sized(Resizing.LETTERBOX, 0, edge, edge);
    }
    int edge = size.path("shortest_edge").asInt(size.asInt(0));
    Checks.check(edge > 0, "size %s: expected a number, or shortest_edge, or a box", size);
    Checks.check(crop, "size %s without a centre crop: expected one size for all", size);
    JsonNode box = config.path("crop_size");
    int width = box.path("width").asInt(box.asInt(edge));
    int height = box.path("height").asInt(box.asInt(edge));
    return sized(Resizing.SHORTEST_EDGE, edge, width, height);
  }

  private ImagePreprocessing sized(Resizing resize, int edge, int width, int height) {
    boolean rescale = config.path("do_rescale").asBoolean(true);
    boolean normalise = config.path("do_normalize").asBoolean(true);
    return new ImagePreprocessing(
        resize,
        edge,
        width,
        height,
        filter(),
        List.of(0, 0, 0),
        rescale ? config.path("rescale_factor").asDouble(1 / 255.0) : 1,
        normalise ? channels("image_mean") : List.of(0.0, 0.0, 0.0),
        normalise ? channels("image_std") : List.of(1.0, 1.0, 1.0));
  }

  private Resampling filter() {
    int number = config.path("resample").asInt(3);
    Resampling filter = RESAMPLING.get(number);
    if (filter == null) {
      throw new IllegalArgumentException(
          "resample %d: expected 1 (lanczos), 2 (bilinear), 3 (bicubic), 4 (box) or 5 (hamming)"
              .formatted(number));
    }
    return filter;
  }

  private List<Double> channels(String key) {
    List<Double> values = new ArrayList<>();
    config.path(key).forEach(value -> values.add(value.asDouble()));
    Checks.check(values.size() == 3, "%s %s: expected three numbers", key, config.path(key));
    return values;
  }
}
