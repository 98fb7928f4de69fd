// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.floor.MiniLm;
import dev.lakehouse.bench.model.ClipExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is measured on, drawn once and kept.
 *
 * @param folder where it is kept
 */
public record BenchData(Path folder) {
  private static final long SEED = 1;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int BIG_WIDTH = 800;
  private static final int BIG_HEIGHT = 600;
  private static final int DRAWN = 100;
  private static final int LARGE_WIDTH = 4_000;
  private static final int LARGE_HEIGHT = 3_000;
  private static final int ONE_IN = 10;
  private static final int DOCUMENT_IN = 21;

  /** The export of CLIP ViT-B/32 with random weights. */
  public Path clip() throws IOException {
    Path export = folder.resolve("clip-b32");
    if (!Files.exists(export)) {
      Path made = folder.resolve("clip-b32.tmp");
      ClipExport.b32().write(made, SEED);
      Files.move(made, export);
    }
    return export;
  }

  /** A folder of so many JPEGs. */
  public Path photographs(Workload workload, int count) throws IOException {
    boolean mixed = workload == Workload.MIXED;
    Path photographs = folder.resolve((mixed ? "photographs-mixed-" : "photographs-") + count);
    int large = mixed ? count / ONE_IN : 0;
    new Photographs(WIDTH, HEIGHT, SEED).write(photographs, "", count - large);
    new Photographs(LARGE_WIDTH, LARGE_HEIGHT, SEED).write(photographs, "large-", large);
    return photographs;
  }

  /** A folder of so many JPEGs of about 150 KB, no two the same, most of them alike to the eye. */
  public Path pictures(int count) throws IOException {
    Path pictures = folder.resolve("pictures-" + count);
    if (!Files.exists(pictures)) {
      Path made = folder.resolve("pictures.tmp");
      new Photographs(BIG_WIDTH, BIG_HEIGHT, SEED).writeAlike(made, DRAWN, count);
      Files.move(made, pictures);
    }
    return pictures;
  }

  /** The texts of a workload. */
  public List<String> texts(Workload workload, int count) {
    return switch (workload) {
      case CAPTIONS -> captions(count);
      case DOCUMENTS -> documents(count);
      case CORPUS -> corpus(count);
      case IMAGES, MIXED -> throw new IllegalArgumentException(workload + " has no texts");
    };
  }

  /** Captions of 6 to 26 words. */
  private List<String> captions(int count) {
    Random random = new Random(SEED);
    List<String> captions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      captions.add(Words.sentence(random, random.nextInt(6, 27)));
    }
    return captions;
  }

  /** Documents of 200 to 420 words, more than a model of sentences reads. */
  private List<String> documents(int count) {
    Random random = new Random(SEED + 1);
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(Words.document(random, random.nextInt(200, 421)));
    }
    return documents;
  }

  /** Captions and documents, shuffled. */
  private List<String> corpus(int count) {
    int documents = count / DOCUMENT_IN;
    List<String> corpus = new ArrayList<>(captions(count - documents));
    corpus.addAll(documents(documents));
    Collections.shuffle(corpus, new Random(SEED + 2));
    return corpus;
  }

  /** The texts of a workload, one a line. */
  Path textFile(Workload workload, int count) throws IOException {
    Path file = folder.resolve("%s-%d.txt".formatted(workload.word(), count));
    if (!Files.exists(file)) {
      Files.write(file, texts(workload, count));
    }
    return file;
  }

  /**
   * MiniLM as others want it: {@code model.onnx}, {@code tokenizer.json}, {@code assets/vocab.txt}.
   */
  Path minilm() throws IOException {
    Path minilm = folder.resolve("minilm");
    if (!Files.exists(minilm)) {
      Path made = folder.resolve("minilm.tmp");
      Files.createDirectories(made.resolve("assets"));
      MiniLm.extract(made);
      Files.move(made, minilm);
    }
    return minilm;
  }
}
