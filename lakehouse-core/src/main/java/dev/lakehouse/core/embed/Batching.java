// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import java.io.Serializable;

/**
 * How inputs are put together, as somebody chose, or as it suits the device.
 *
 * <p>A core is fastest with little at once, as long as the numbers in between stay near it: of CLIP
 * ViT-B/32 with 4 to 8 pictures (10.2 a second, 9.0 with 32), of MiniLM with 256 to 1,024 tokens
 * (224 captions a second, 164 with 8,192). A GPU wants much more.
 *
 * @param rows items of a batch at most, or {@link #AUTO}
 * @param bytes of prepared items in a batch at most
 * @param tokens texts of a batch times the tokens of the longest at most, or {@link #AUTO}
 * @param window texts that are sorted by length before they are cut into batches
 */
public record Batching(int rows, long bytes, long tokens, int window) implements Serializable {
  /** As it suits the device. */
  public static final int AUTO = 0;

  private static final long TOKENS_ON_CPU = 1024;
  private static final int ITEMS_ON_GPU = 64;
  private static final long TOKENS_ON_GPU = 16_384;

  /** What the settings say. */
  public static Batching from(Settings settings) {
    return new Batching(
        (int) settings.integerOrAuto(Setting.EMBED_BATCH).orElse(AUTO),
        settings.integer(Setting.EMBED_BATCH_BYTES),
        settings.integerOrAuto(Setting.EMBED_BATCH_TOKENS).orElse(AUTO),
        (int) settings.integer(Setting.EMBED_SORT_WINDOW));
  }

  /**
   * Batches of a kind on a device.
   *
   * @param device cpu, cuda:0, …
   */
  public BatchShape shape(TowerKind kind, String device) {
    boolean onCpu = device.equals(DeviceChoice.CPU);
    int suited = onCpu ? kind.itemsOnCpu() : ITEMS_ON_GPU;
    int most = rows == AUTO ? suited : rows;
    long cells = tokens != AUTO ? tokens : onCpu ? TOKENS_ON_CPU : TOKENS_ON_GPU;
    return new BatchShape(most, bytes, cells, kind.isUniform() ? most : window);
  }
}
