// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene's HNSW graph over the vectors of {@code bench/run search}, in one segment: {@code
 * LuceneSearch FOLDER DIMENSION}. Prints a line for each effort as the bench reads it. A hit comes
 * with identity and text, as hits of the others do.
 */
public final class LuceneSearch {
  private static final int K = 10;
  private static final int TOGETHER = 8;
  private static final int[] EFFORTS = {10, 20, 40, 80, 160};
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int dimension;
  private final float[][] queries;
  private final int[][] nearest;

  private LuceneSearch(Path folder, int dimension) throws IOException {
    this.dimension = dimension;
    this.queries = vectors(folder.resolve("query.f32"));
    this.nearest = new int[queries.length][K];
    var numbers = little(folder.resolve("nearest.i32")).asIntBuffer();
    for (int[] each : nearest) {
      numbers.get(each);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    LuceneSearch search = new LuceneSearch(folder, Integer.parseInt(arguments[1]));
    Path index = Files.createTempDirectory("lucene");
    try (MMapDirectory directory = new MMapDirectory(index)) {
      search.write(folder, directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        for (int effort : EFFORTS) {
          search.measure(new IndexSearcher(reader), effort);
        }
      }
      for (String file : directory.listAll()) {
        directory.deleteFile(file);
      }
    }
    Files.delete(index);
  }

  private static ByteBuffer little(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private float[][] vectors(Path file) throws IOException {
    var numbers = little(file).asFloatBuffer();
    float[][] vectors = new float[numbers.remaining() / dimension][dimension];
    for (float[] vector : vectors) {
      numbers.get(vector);
    }
    return vectors;
  }

  private void write(Path folder, MMapDirectory directory) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("rows.tsv"));
    float[][] base = vectors(folder.resolve("base.f32"));
    IndexWriterConfig config = new IndexWriterConfig().setRAMBufferSizeMB(1_500);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int row = 0; row < base.length; row++) {
        String[] fields = lines.get(row).split("\t", 2);
        Document document = new Document();
        document.add(new StoredField("row", row));
        document.add(new StoredField("asset_id", fields[0]));
        document.add(new StoredField("excerpt", fields[1]));
        document.add(
            new KnnFloatVectorField(
                "vector", base[row], VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private interface Index {
    void ask(int question) throws IOException;
  }

  private void measure(IndexSearcher searcher, int effort) throws Exception {
    int[] found = new int[queries.length];
    Index index =
        question -> {
          var stored = searcher.storedFields();
          Set<Integer> wanted = new TreeSet<>();
          Arrays.stream(nearest[question]).forEach(wanted::add);
          found[question] = 0;
          KnnFloatVectorQuery query =
              new KnnFloatVectorQuery("vector", queries[question], effort);
          for (ScoreDoc hit : searcher.search(query, K).scoreDocs) {
            Document shown = stored.document(hit.doc);
            if (wanted.contains(shown.getField("row").numericValue().intValue())) {
              found[question]++;
            }
          }
        };
    String unused = pace(TOGETHER, index); // warms what is to be warm
    String alone = pace(1, index);
    String together = pace(TOGETHER, index);
    System.out.printf(
        Locale.ROOT,
        "RESULT {\"system\":\"Lucene\",\"setting\":\"k %d\",\"rows\":%d,\"dimension\":%d,"
            + "\"recall\":%f,\"alone\":%s,\"together\":%s,\"peakRssMib\":%d}%n",
        effort,
        searcher.getIndexReader().numDocs(),
        dimension,
        Arrays.stream(found).sum() / (double) (K * queries.length),
        alone,
        together,
        mostMemory());
  }

  private String pace(int clients, Index index) throws Exception {
    long[] nanos = new long[queries.length];
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      all.add(
          pool.submit(
              () -> {
                for (int q = next.getAndIncrement(); q < nanos.length; q = next.getAndIncrement()) {
                  long began = System.nanoTime();
                  index.ask(q);
                  nanos[q] = System.nanoTime() - began;
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    double seconds = (System.nanoTime() - wall) / 1e9;
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    pool.shutdown();
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "{\"questions\":%d,\"seconds\":%f,\"cpuSeconds\":%f,\"medianMs\":%f,\"slowMs\":%f}",
        nanos.length,
        seconds,
        cpuSeconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length - 1 - nanos.length / 100] / 1e6);
  }

  private static long mostMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }
}
