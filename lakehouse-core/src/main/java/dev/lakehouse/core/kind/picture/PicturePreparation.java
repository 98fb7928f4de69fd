// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.engine.Scratch;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.picture.ImageCodec;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Preparation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes a picture and brings it to the size that a tower sees. */
final class PicturePreparation implements Preparation<PixelImage> {
  private final PixelTensor pixels;
  private final Limits limits;

  PicturePreparation(ImagePreprocessing how, Limits limits) {
    this.pixels = new PixelTensor(how);
    this.limits = limits;
  }

  @Override
  public long bytesToPrepare(EmbedInput input) {
    return input instanceof EmbedInput.Bytes picture
        ? ImageCodec.bytesToDecode(picture.bytes(), limits, pixels::reduction)
        : 0;
  }

  @Override
  public PixelImage prepare(EmbedInput input) throws ItemException {
    byte[] bytes = ((EmbedInput.Bytes) input).bytes();
    return pixels.fit(ImageCodec.decode(bytes, limits, pixels::reduction));
  }

  @Override
  public long bytes(PixelImage fitted) {
    return fitted.rgb().length;
  }

  @Override
  public int length(PixelImage fitted) {
    return 1;
  }

  @Override
  public PixelImage least() {
    return pixels.black();
  }

  @Override
  public Batch batch(List<PixelImage> fitted, Scratch scratch) {
    Tensor.Floats batch = scratch.floats(Input.PIXELS, pixels.shape(fitted.size()));
    for (PixelImage image : fitted) {
      pixels.write(image, batch.values());
    }
    return Batch.of(Map.of(Input.PIXELS, batch), Optional.empty());
  }
}
