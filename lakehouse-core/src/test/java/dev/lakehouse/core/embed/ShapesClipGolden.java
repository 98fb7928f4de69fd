// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What PyTorch said when the sample model was trained: pictures, texts and their raw vectors. */
public final class ShapesClipGolden {
  private static final JsonNode CASES = json("cases.json");
  private static final JsonNode VECTORS = json("vectors.json");

  private ShapesClipGolden() {}

  /** Twenty pictures of the tower's own size. */
  public static List<EmbedInput> images() {
    return images("images");
  }

  /** Their vectors. */
  public static float[][] imageVectors() {
    return vectors("image_embeds");
  }

  /** Four pictures of other sizes. */
  public static List<EmbedInput> resizedImages() {
    return images("resized_images");
  }

  /** Their vectors. */
  public static float[][] resizedImageVectors() {
    return vectors("resized_image_embeds");
  }

  /** Twenty texts: captions, accents, an empty one, one longer than the tower reads. */
  public static List<EmbedInput> texts() {
    List<EmbedInput> texts = new ArrayList<>();
    CASES.get("texts").forEach(text -> texts.add(EmbedInput.text(text.get("text").asText())));
    return texts;
  }

  /** Their vectors. */
  public static float[][] textVectors() {
    return vectors("text_embeds");
  }

  /** Some numbers of the first picture's tensor. */
  public static JsonNode pixelsOfFirstImage() {
    return CASES.get("pixel_values_of_first_image");
  }

  private static List<EmbedInput> images(String group) {
    List<EmbedInput> images = new ArrayList<>();
    CASES
        .get(group)
        .forEach(image -> images.add(EmbedInput.image(bytes(image.get("file").asText()))));
    return images;
  }

  private static float[][] vectors(String name) {
    return Json.mapper().convertValue(VECTORS.get(name), float[][].class);
  }

  private static JsonNode json(String file) {
    try {
      return Json.mapper().readTree(bytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String file) {
    try (InputStream in =
        ShapesClipGolden.class.getResourceAsStream("shapes-clip-golden/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
