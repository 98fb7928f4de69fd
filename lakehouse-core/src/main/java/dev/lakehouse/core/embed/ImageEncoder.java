// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.batch.Steps;
import dev.lakehouse.core.bundle.ImageTower;
import dev.lakehouse.core.bundle.Input;
import dev.lakehouse.core.bundle.LoadedTower;
import dev.lakehouse.core.bundle.Scratch;
import dev.lakehouse.core.bundle.Tensor;
import dev.lakehouse.core.codec.ImageCodec;
import dev.lakehouse.core.codec.PixelImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures to vectors. */
final class ImageEncoder extends EmbedSteps<PixelImage> implements Encoder {
  private final EncoderSpec spec;
  private final LoadedTower loaded;
  private final PixelTensor pixels;

  ImageEncoder(EncoderSpec spec, LoadedTower loaded, ImageTower tower) {
    this.spec = spec;
    this.loaded = loaded;
    this.pixels = new PixelTensor(tower.preprocessing());
  }

  @Override
  public EncoderSpec spec() {
    return spec;
  }

  @Override
  public String device() {
    return loaded.device();
  }

  @Override
  public boolean isBatchDependent() {
    return loaded.isBatchDependent();
  }

  @Override
  public Steps<EmbedInput, ?, EmbedOutcome> steps() {
    return this;
  }

  @Override
  EmbedInput of(byte[] bytes) {
    return EmbedInput.image(bytes);
  }

  @Override
  public long bytesToPrepare(EmbedInput input) {
    return input instanceof EmbedInput.Image image
        ? ImageCodec.bytesToDecode(image.bytes(), spec.limits(), pixels::reduction)
        : 0;
  }

  @Override
  public PixelImage prepare(EmbedInput input) throws ItemException {
    if (!(input instanceof EmbedInput.Image image)) {
      throw new IllegalArgumentException("The image tower of %s reads no text".formatted(spec));
    }
    return pixels.fit(ImageCodec.decode(image.bytes(), spec.limits(), pixels::reduction));
  }

  @Override
  public long preparedBytes(PixelImage fitted) {
    return fitted.rgb().length;
  }

  @Override
  public int length(PixelImage fitted) {
    return 1;
  }

  @Override
  PixelImage probe() {
    return pixels.black();
  }

  @Override
  float[][] vectors(List<PixelImage> fitted) {
    Scratch scratch = loaded.borrow();
    try {
      Tensor.Floats batch = scratch.floats(Input.PIXELS, pixels.shape(fitted.size()));
      for (PixelImage image : fitted) {
        pixels.write(image, batch.values());
      }
      return loaded.vectors(Map.of(Input.PIXELS, batch), fitted.size(), Optional.empty());
    } finally {
      loaded.giveBack(scratch);
    }
  }
}
