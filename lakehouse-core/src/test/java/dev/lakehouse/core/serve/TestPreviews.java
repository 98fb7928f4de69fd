// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPreviews {
  @TempDir Path folder;
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void fewPicturesAreDecodedAtOnce() throws Exception {
    BlobStore blobs = BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of());
    Settings settings = Settings.defaults();
    Previews previews =
        new Previews(new Contents(slow(blobs), Map.of(), 1 << 20), Limits.from(settings));
    PublishedAssets assets =
        new PublishedAssets(
            LakeLayout.of(folder.toString(), settings), new Configuration(), release());
    ExecutorService threads = Executors.newFixedThreadPool(12);
    List<Future<Optional<byte[]>>> made = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Values film = film(blobs.put(new ByteArrayInputStream(png(8 + i))));
      made.add(threads.submit(() -> previews.of(assets, film, Optional.empty())));
    }
    for (Future<Optional<byte[]>> each : made) {
      assertThat(each.get()).isPresent();
    }
    threads.shutdown();

    assertThat(most.get()).isBetween(1, 2);
  }

  private static Values film(String keyframe) {
    return Values.of(Tables.PUBLISHED)
        .set("modality", "video")
        .set("keyframes", List.<Object[]>of(new Object[] {"time/0-1", keyframe}));
  }

  private static byte[] png(int side) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  /** A real store that counts who reads from it, and takes long enough for all to come. */
  private BlobStore slow(BlobStore store) {
    return (BlobStore)
        Proxy.newProxyInstance(
            BlobStore.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("open")) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.sleep(100);
                now.decrementAndGet();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Release release() {
    return new Release(
        1,
        "id",
        Optional.empty(),
        Instant.EPOCH,
        0,
        0,
        -1,
        "judgement",
        "policy",
        "constraints",
        List.of(),
        List.of(),
        0,
        0,
        0,
        "run",
        Release.RELEASED);
  }
}
