// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static dev.lakehouse.core.Setting.of;

import java.util.List;

/** The settings of how documents are read. */
public final class DocumentSetting {
  public static final Setting CHILDREN =
      of(
              "lakehouse.document.children",
              "auto",
              "processes that read documents on an executor; auto: one for each two processors")
          .between(1, 256);
  public static final Setting HEAP_BYTES =
      of("lakehouse.document.heap-bytes", "536870912", "bytes of heap of each of these processes")
          .between(64 << 20, 1L << 40);
  public static final Setting SECONDS =
      of(
              "lakehouse.document.seconds",
              "40",
              "seconds that reading one document may take; less than lakehouse.measure.item-seconds")
          .between(1, 86_400);
  public static final Setting MAX_CHARS =
      of("lakehouse.document.max-chars", "20000000", "characters of one document")
          .between(1, 500_000_000);
  public static final Setting MAX_UNPACKED =
      of(
              "lakehouse.document.max-unpacked",
              "1073741824",
              "bytes that the archive which a document is may grow to")
          .atLeast(1);
  public static final Setting ENCLOSED =
      of(
              "lakehouse.document.enclosed",
              "100",
              "pictures and attachments of one document that become assets; 0 for none")
          .between(0, 10_000);
  public static final Setting ENCLOSED_BYTES =
      of("lakehouse.document.enclosed-bytes", "67108864", "bytes of all of them together")
          .between(0, 256 << 20);
  public static final Setting DEPTH =
      of("lakehouse.document.depth", "3", "how deep documents within documents are opened")
          .between(1, 16);

  /** All of them, in the order of the documentation. */
  public static final List<Setting> ALL =
      List.of(
          CHILDREN, HEAP_BYTES, SECONDS, MAX_CHARS, MAX_UNPACKED, ENCLOSED, ENCLOSED_BYTES, DEPTH);

  /** Those that decide what a lake holds. */
  static final List<Setting> KEPT = List.of(ENCLOSED, ENCLOSED_BYTES, DEPTH);

  private DocumentSetting() {}
}
