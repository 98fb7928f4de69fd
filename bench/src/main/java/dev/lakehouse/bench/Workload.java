// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import java.util.List;

/** What is turned into vectors. */
public enum Workload {
  /** JPEG files through the image tower of CLIP ViT-B/32, float32. */
  IMAGES(3_000, 256),
  /** Sentences of 6 to 26 words through MiniLM, float32. */
  CAPTIONS(40_000, 4_000),
  /** Texts of 200 to 420 words, of which MiniLM reads the first 256 tokens. */
  DOCUMENTS(2_000, 200),
  /** Both in one corpus, twenty captions to a document, in no order. */
  CORPUS(42_000, 1_050),
  /** The JPEG files, one in ten of them with 12 megapixels. */
  MIXED(400, 100);

  /** Those that systems are compared by. */
  public static final List<Workload> STANDARD = List.of(IMAGES, CAPTIONS, DOCUMENTS, CORPUS);

  /** Those of texts. */
  public static final List<Workload> TEXTS = List.of(CAPTIONS, DOCUMENTS, CORPUS);

  private final int rows;
  private final int quickRows;

  Workload(int rows, int quickRows) {
    this.rows = rows;
    this.quickRows = quickRows;
  }

  int rows(boolean quick) {
    return quick ? quickRows : rows;
  }

  /** Whether its items are pictures. */
  public boolean isPictures() {
    return this == IMAGES || this == MIXED;
  }

  /** As tables name it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
