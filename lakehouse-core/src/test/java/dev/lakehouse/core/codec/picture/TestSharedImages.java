// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.Reduction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every shared picture against what Pillow made of it. */
class TestSharedImages {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  /** Pillow reads them; we refuse damage that it overlooks, and formats without a codec here. */
  private static final Set<String> REFUSED =
      Set.of(
          "images/edge/broken_data_stream.png",
          "images/edge/truncated_end_chunk.png",
          "images/formats/hopper_lzma.tif",
          "images/formats/hopper_webp.tif");

  /** Pillow counts the merged picture of a Photoshop file and each layer. */
  private static final Set<String> LAYERED =
      Set.of("images/formats/hopper.psd", "images/edge/negative_layer_count.psd");

  @Test
  @Tag("slow")
  void factsAgreeWithPillow() throws IOException {
    Path data = SharedData.require("data");
    Map<String, String> labels = labels(data);
    List<String> disagreements = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("truth/images_truth.tsv"))) {
      String[] truth = line.split("\t", -1);
      if (truth[1].equals("True") && !labels.containsKey(truth[0])) {
        compare(data, truth, disagreements);
      }
    }
    assertThat(disagreements).isEmpty();
  }

  private static void compare(Path data, String[] truth, List<String> disagreements)
      throws IOException {
    String path = truth[0];
    try {
      ImageFacts facts = ImageCodec.read(Files.readAllBytes(data.resolve(path)), LIMITS).facts();
      String orientation = truth[8].isEmpty() || truth[8].equals("0") ? "1" : truth[8];
      String frames = LAYERED.contains(path) ? "1" : truth[6];
      String expected =
          String.join(
              " ",
              truth[3],
              truth[4],
              frames,
              orientation,
              truth[9].equals("True") ? "True" : "False");
      String found =
          "%d %d %d %d %s"
              .formatted(
                  facts.width(),
                  facts.height(),
                  facts.frames(),
                  facts.orientation(),
                  facts.hasGps() ? "True" : "False");
      if (!found.equals(expected) || REFUSED.contains(path)) {
        disagreements.add("%s: expected %s, found %s".formatted(path, expected, found));
      }
    } catch (ItemException e) {
      if (!REFUSED.contains(path)) {
        disagreements.add(path + ": " + e.code() + " " + e.getMessage());
      }
    }
  }

  @Test
  @Tag("slow")
  void headersTellWhatDecodingTakes() throws IOException {
    Path data = SharedData.require("data");
    List<String> understated = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("truth/images_truth.tsv"))) {
      String[] truth = line.split("\t", -1);
      if (!truth[1].equals("True")) {
        continue;
      }
      byte[] file = Files.readAllBytes(data.resolve(truth[0]));
      try {
        int pixels = ImageCodec.decode(file, LIMITS).rgb().length / 3;
        if (ImageCodec.bytesToDecode(file, LIMITS, Reduction.NONE) < 6L * pixels) {
          understated.add(line);
        }
      } catch (ItemException e) {
        continue; // whatever was told, nothing was decoded
      }
    }
    assertThat(understated).isEmpty();
  }

  private static Map<String, String> labels(Path data) throws IOException {
    Map<String, String> labels = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("labels.tsv"))) {
      String[] fields = line.split("\t", -1);
      labels.put(fields[0], fields[1]);
    }
    labels.values().removeIf(label -> label.startsWith("near_duplicate"));
    return labels;
  }
}
