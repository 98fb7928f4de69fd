// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.picture.Thumbnail;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.search.saliency.Occlusion;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Small pictures of assets: of pictures themselves, of films a picture of a shot. */
public final class Previews {
  private static final long MOST_BYTES = 64 << 20;
  private static final long KEY_BYTES = 512; // of where a picture is
  private static final int SIDE = 320;

  /** Decoded at once: a picture within limits may take hundreds of megabytes. */
  private static final int AT_ONCE = 2;

  private final Semaphore decoding = new Semaphore(AT_ONCE);
  private final Contents contents;
  private final Limits limits;
  private final BoundedCache<Content, byte[]> made =
      new BoundedCache<>(MOST_BYTES, jpeg -> KEY_BYTES + jpeg.length);

  /** Previews of what a reader of contents reads, within limits. */
  public Previews(Contents contents, Limits limits) {
    this.contents = contents;
    this.limits = limits;
  }

  /**
   * A JPEG of at most 320 pixels a side; empty where there is nothing to see.
   *
   * @param row of the catalog
   * @param segment of a film, to see that shot
   * @throws ItemException if the picture cannot be decoded
   */
  public Optional<byte[]> of(PublishedAssets assets, Values row, Optional<String> segment)
      throws ItemException {
    Optional<Content> picture = assets.picture(row, segment);
    return picture.isEmpty() ? Optional.empty() : Optional.of(of(picture.get()));
  }

  /**
   * A PNG of a picture, bright where it shows what was asked for ({@link SaliencyMap#png}); empty
   * where there is nothing to see.
   *
   * @param row of the catalog
   * @param segment of a film, to look at that shot
   * @throws ItemException if the picture cannot be decoded
   */
  public Optional<byte[]> saliency(
      PublishedAssets assets,
      Values row,
      Optional<String> segment,
      Occlusion occlusion,
      EmbedInput query)
      throws ItemException {
    Optional<Content> picture = assets.picture(row, segment);
    if (picture.isEmpty()) {
      return Optional.empty();
    }
    decoding.acquireUninterruptibly();
    try {
      PixelImage pixels = Occlusion.look(contents.bytes(picture.get()), limits);
      return Optional.of(occlusion.of(pixels, query).png(pixels));
    } finally {
      decoding.release();
    }
  }

  /**
   * A JPEG of at most 320 pixels a side of a picture.
   *
   * @throws ItemException if it cannot be decoded
   */
  public byte[] of(Content picture) throws ItemException {
    Optional<byte[]> known = made.find(picture);
    return known.isPresent() ? known.get() : decoded(picture);
  }

  private byte[] decoded(Content picture) throws ItemException {
    decoding.acquireUninterruptibly();
    try {
      byte[] jpeg = Thumbnail.jpeg(contents.bytes(picture), limits, SIDE);
      made.put(picture, jpeg);
      return jpeg;
    } finally {
      decoding.release();
    }
  }
}
