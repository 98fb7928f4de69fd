// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.saliency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.picture.ImageCodec;
import dev.lakehouse.core.demo.Kind;
import dev.lakehouse.core.demo.Placed;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneRenderer;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestOcclusion {
  private static final Limits LIMITS = Limits.from(Settings.defaults());
  private static final int SIDE = 224;
  private static final int SCENES = 50;

  /** What figures reach beyond their nominal radius at most. */
  private static final double REACH = 1.15;

  @TempDir static Path models;

  private static Lease<Encoder> tower(String tower) {
    ModelsRoot none = ModelsRoot.at(models.toString());
    return WarmEncoders.lease(
        EncoderSpecs.of("shapes-clip", none, tower, LIMITS), DeviceChoice.CPU);
  }

  private static PixelImage drawn(Scene scene) throws IOException, ItemException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(SceneRenderer.draw(scene, SIDE), "png", png);
    return Occlusion.look(png.toByteArray(), LIMITS);
  }

  /** Intersection over union of a box of the map and the square that a figure fills at most. */
  private static double overlap(SaliencyMap.Box box, Placed object) {
    double reach = REACH * object.radius();
    double width =
        Math.min(box.right() * SIDE, object.x() + reach)
            - Math.max(box.left() * SIDE, object.x() - reach);
    double height =
        Math.min(box.bottom() * SIDE, object.y() + reach)
            - Math.max(box.top() * SIDE, object.y() - reach);
    double both = Math.max(0, width) * Math.max(0, height);
    double area = SIDE * SIDE * (box.right() - box.left()) * (box.bottom() - box.top());
    return both / (area + 4 * reach * reach - both);
  }

  /** One kind of several is named, in scenes that the model never saw. */
  @Test
  void aMapPointsAtWhatWasNamed() throws Exception {
    List<Scene> scenes =
        Scene.unseenGallery(8 * SCENES, 9_000_000).stream()
            .filter(scene -> scene.kinds().size() > 1)
            .limit(SCENES)
            .toList();
    assertThat(scenes).hasSize(SCENES);
    int right = 0;
    try (Lease<Encoder> pictures = tower(Tower.IMAGE);
        Lease<Encoder> words = tower(Tower.TEXT)) {
      Occlusion occlusion =
          new Occlusion(
              input ->
                  (input.kind().equals(Tower.IMAGE) ? pictures : words)
                      .value()
                      .encode(List.of(input))
                      .get(0)
                      .vector()
                      .orElseThrow());
      for (int i = 0; i < SCENES; i++) {
        Scene scene = scenes.get(i);
        int named = i % scene.kinds().size();
        Kind kind = scene.kinds().get(named);
        String sought =
            "a %s %s"
                .formatted(kind.colour().name(), kind.figure().name())
                .toLowerCase(Locale.ROOT);
        SaliencyMap map = occlusion.of(drawn(scene), EmbedInput.query(sought));
        int first = scene.kinds().subList(0, named).stream().mapToInt(Kind::count).sum();
        List<Placed> meant = scene.objects().subList(first, first + kind.count());
        if (map.box().stream()
            .anyMatch(box -> meant.stream().anyMatch(object -> overlap(box, object) >= 0.3))) {
          right++;
        }
      }
    }
    assertThat(right).as("of %d".formatted(SCENES)).isGreaterThanOrEqualTo(SCENES * 8 / 10);
  }

  /** A model that looks at one pixel. */
  @Test
  void whatMattersIsBrightAndTheRestIsDim() throws ItemException {
    byte[] rgb = new byte[3 * 160 * 80];
    Arrays.fill(rgb, (byte) 200);
    int dot = 3 * (70 * 160 + 30);
    rgb[dot] = 0;
    PixelImage picture = new PixelImage(160, 80, rgb);
    Occlusion occlusion =
        new Occlusion(
            input -> {
              if (!input.kind().equals(Tower.IMAGE)) {
                return new float[] {1, 0};
              }
              try {
                byte[] bytes = ((EmbedInput.Bytes) input).bytes();
                boolean seen = ImageCodec.decode(bytes, LIMITS).rgb()[dot] == 0;
                return seen ? new float[] {1, 0} : new float[] {0, 1};
              } catch (ItemException e) {
                throw new AssertionError(e);
              }
            });
    SaliencyMap map = occlusion.of(picture, EmbedInput.query("the dot"));
    assertThat(map.cosine()).isEqualTo(1);
    SaliencyMap.Box box = map.box().orElseThrow();
    assertThat(box.left() * 160).isLessThanOrEqualTo(30);
    assertThat(box.right() * 160).isGreaterThan(30);
    assertThat(box.top() * 80).isLessThanOrEqualTo(70);
    assertThat(box.bottom() * 80).isGreaterThan(70);

    PixelImage shown = ImageCodec.decode(map.png(picture), LIMITS);
    assertThat(shown.width()).isEqualTo(160);
    assertThat(shown.rgb()[3 * (70 * 160 + 29)] & 0xFF).isGreaterThan(150); // beside the dot
    assertThat(shown.rgb()[3 * (10 * 160 + 150)] & 0xFF).isLessThan(70);
  }

  @Test
  void whereCoveringMakesNoDifferenceNothingIsShown() {
    SaliencyMap map =
        new Occlusion(input -> new float[] {1}).of(new PixelImage(8, 8, new byte[192]), query());
    assertThat(map.box()).isEmpty();
    assertThat(map.toJson()).doesNotContainKey("box").containsEntry("cells", 8);
  }

  private static EmbedInput query() {
    return EmbedInput.query("anything");
  }
}
