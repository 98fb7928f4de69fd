// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.bundle.ImageTower;
import dev.lakehouse.core.bundle.Input;
import dev.lakehouse.core.bundle.LoadedTower;
import dev.lakehouse.core.bundle.Tensor;
import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.codec.ImageCodec;
import dev.lakehouse.core.codec.PixelImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures to vectors. */
final class ImageEncoder implements Encoder, Batch.Steps<PixelImage> {
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
  public List<EmbedOutcome> encode(List<EmbedInput> inputs) {
    return Batch.encode(inputs, this);
  }

  @Override
  public PixelImage prepare(EmbedInput input) throws CodecException {
    if (!(input instanceof EmbedInput.Image image)) {
      throw new IllegalArgumentException("The image tower of %s reads no text".formatted(spec));
    }
    return pixels.fit(ImageCodec.decode(image.bytes(), spec.limits()));
  }

  @Override
  public float[][] infer(List<PixelImage> fitted) {
    Tensor.Floats batch = Tensor.Floats.zeros(pixels.shape(fitted.size()));
    for (PixelImage image : fitted) {
      pixels.write(image, batch.values());
    }
    Tensor.Floats output = loaded.run(Map.of(Input.PIXELS, batch));
    return Pooled.of(output, loaded.tower().graph(), fitted.size(), Optional.empty());
  }
}
