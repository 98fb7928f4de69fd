// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Resampling;
import dev.lakehouse.core.bundle.description.Resizing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code preprocessor_config.json} as Hugging Face's image processors do.
 *
 * <p>Every key is applied, known to change nothing, or refused by name: what is not understood
 * would be other vectors.
 */
final class PreprocessorConfig {
  static final String FILE = "preprocessor_config.json";

  /** The harmless are names, and how arrays are handed on; pictures are always RGB here. */
  private static final KnownKeys KEYS =
      new KnownKeys(
          FILE,
          Set.of(
              "do_resize",
              "size",
              "resample",
              "do_center_crop",
              "crop_size",
              "do_rescale",
              "rescale_factor",
              "do_normalize",
              "image_mean",
              "image_std",
              "image_processor_type",
              "feature_extractor_type"),
          Set.of(
              "do_convert_rgb",
              "processor_class",
              "_valid_processor_keys",
              "data_format",
              "input_data_format",
              "return_tensors",
              "default_to_square",
              "name_or_path",
              "device",
              "disable_grouping"));

  private final JsonNode config;
  private final Optional<ProcessorKind> kind;

  private PreprocessorConfig(JsonNode config) {
    this.config = config;
    this.kind = ProcessorKind.of(config);
  }

  /**
   * What is done to a picture.
   *
   * @throws IllegalArgumentException if the file asks for something else than resize, centre crop,
   *     rescale and normalise
   */
  static ImagePreprocessing read(JsonNode config, ImportNotes notes) {
    KEYS.require(config, notes);
    return new PreprocessorConfig(config).preprocessing();
  }

  private ImagePreprocessing preprocessing() {
    check(flag("do_resize", true), "do_resize is false: expected true");
    JsonNode size = config.path("size");
    boolean crop =
        flag("do_center_crop", kind.map(ProcessorKind::crops).orElse(present("crop_size")));
    if (hasOnly(size, "height", "width")) {
      return exact(size, whole(size, "width"), whole(size, "height"), crop);
    }
    if (size.isNumber() && (kind.isPresent() ? kind.get().square() : !crop)) {
      int edge = whole(config, "size");
      return exact(size, edge, edge, crop);
    }
    check(
        size.isNumber() || hasOnly(size, "shortest_edge"),
        "size is %s: expected a number, {\"shortest_edge\"}, or {\"height\", \"width\"}, which make"
            + " pictures of one size",
        size);
    check(crop, "size is %s without a centre crop: expected one size for all pictures", size);
    int edge = size.isNumber() ? whole(config, "size") : whole(size, "shortest_edge");
    return sized(Resizing.SHORTEST_EDGE, edge, cropped("width", edge), cropped("height", edge));
  }

  /** A crop of exactly that size cuts nothing off; of another it cuts or fills. */
  private ImagePreprocessing exact(JsonNode size, int width, int height, boolean crop) {
    check(
        !crop || cropped("width", width) == width && cropped("height", height) == height,
        "crop_size is %s after size %s: expected the same size, or none",
        config.path("crop_size"),
        size);
    return sized(Resizing.EXACT, 0, width, height);
  }

  private int cropped(String side, int unsaid) {
    JsonNode box = config.path("crop_size");
    if (!present("crop_size")) {
      return kind.map(ProcessorKind::cropUnsaid).filter(crop -> crop > 0).orElse(unsaid);
    }
    if (box.isNumber()) {
      return whole(config, "crop_size");
    }
    check(
        hasOnly(box, "height", "width"),
        "crop_size is %s: expected a number, or {\"height\", \"width\"}",
        box);
    return whole(box, side);
  }

  private ImagePreprocessing sized(Resizing resize, int edge, int width, int height) {
    boolean rescale = flag("do_rescale", true);
    boolean normalise = flag("do_normalize", true);
    return new ImagePreprocessing(
        resize,
        edge,
        width,
        height,
        filter(),
        List.of(0, 0, 0),
        rescale ? factor() : 1,
        normalise ? channels("image_mean") : List.of(0.0, 0.0, 0.0),
        normalise ? channels("image_std") : List.of(1.0, 1.0, 1.0));
  }

  private double factor() {
    if (!present("rescale_factor")) {
      return 1 / 255.0;
    }
    JsonNode factor = config.get("rescale_factor");
    check(factor.isNumber(), "rescale_factor is %s: expected a number", factor);
    return factor.asDouble();
  }

  private Resampling filter() {
    JsonNode resample = config.path("resample");
    if (!present("resample")) {
      return kind.map(ProcessorKind::filter).orElse(Resampling.BICUBIC);
    }
    for (Resampling filter : Resampling.values()) {
      boolean named =
          resample.isTextual() && resample.asText().toUpperCase(Locale.ROOT).equals(filter.name());
      if (named || resample.isIntegralNumber() && resample.asInt() == filter.pillow()) {
        return filter;
      }
    }
    throw new IllegalArgumentException(
        (FILE
                + ": resample is %s: expected 0 (nearest), 1 (lanczos), 2 (bilinear), 3 (bicubic), 4 (box) or"
                + " 5 (hamming)")
            .formatted(resample));
  }

  private List<Double> channels(String key) {
    JsonNode node = config.path(key);
    if (node.isNumber()) {
      return Collections.nCopies(3, node.asDouble());
    }
    List<Double> values = new ArrayList<>();
    node.forEach(value -> values.add(value.isNumber() ? value.asDouble() : Double.NaN));
    check(
        values.size() == 3 && !values.contains(Double.NaN),
        "%s is %s: expected a number, or one for each of red, green and blue",
        key,
        node.isMissingNode() ? "missing" : node);
    return values;
  }

  private boolean present(String key) {
    return config.hasNonNull(key);
  }

  private boolean flag(String key, boolean unsaid) {
    if (!present(key)) {
      return unsaid;
    }
    check(config.get(key).isBoolean(), "%s is %s: expected true or false", key, config.get(key));
    return config.get(key).asBoolean();
  }

  private static boolean hasOnly(JsonNode node, String... keys) {
    return node.size() == keys.length && Set.of(keys).stream().allMatch(node::hasNonNull);
  }

  private static int whole(JsonNode node, String key) {
    JsonNode number = node.path(key);
    check(
        number.isIntegralNumber() && number.asInt() > 0,
        "%s is %s: expected a whole number of pixels",
        key,
        number);
    return number.asInt();
  }

  private static void check(boolean holds, String message, Object... args) {
    if (!holds) {
      throw new IllegalArgumentException(FILE + ": " + message.formatted(args));
    }
  }
}
