// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.proof;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.RowCursor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** Reads all that a small lake says, into memory and without Spark. */
public final class LakeContentsReader {
  /** Names of runs, and of what is computed from versions of tables. */
  private static final Set<String> WHO_AND_WHEN =
      Set.of("run", "first_run", "last_run", "first_seen", "judgement_id");

  /** Releases are read as such; when which file was looked at says nothing of a lake. */
  private static final Set<Table> APART = Set.of(Tables.RELEASES, Tables.SIGHTINGS);

  private static final Set<String> VECTORS = Set.of("vector", "text_vector", "clip_vector");

  private final LakeLayout layout;
  private final Configuration hadoop;
  private final LakeContents contents = new LakeContents();

  private LakeContentsReader(LakeLayout layout, Configuration hadoop) {
    this.layout = layout;
    this.hadoop = hadoop;
  }

  /**
   * Everything that a lake says now.
   *
   * @throws LakehouseException if any of it cannot be read
   */
  public static LakeContents read(LakeLayout layout, Configuration hadoop) {
    LakeContentsReader reader = new LakeContentsReader(layout, hadoop);
    reader.readTables();
    ReleaseReader.current(layout, hadoop).ifPresent(reader::readRelease);
    reader.readNames("blob", layout.blobs() + "/sha256");
    reader.readNames("policy", layout.policies());
    return reader.contents;
  }

  private void readTables() {
    for (Table table : LakeSchema.TABLES) {
      if (!APART.contains(table)) {
        DeltaTable.of(layout, table, hadoop)
            .rows()
            .ifPresent(rows -> rows.forEach(row -> add(table.name(), table, row)));
      }
    }
  }

  private void add(String part, Table table, Values row) {
    Map<String, @Nullable Object> text = new TreeMap<>();
    List<float[]> vectors = new ArrayList<>();
    for (Column column : table.columns()) {
      Object value = row.find(column.name()).orElse(null);
      if (value != null && VECTORS.contains(column.name())) {
        vectors.add(vector(value));
      } else if (!WHO_AND_WHEN.contains(column.name())) {
        text.put(column.name(), value);
      }
    }
    String key =
        table.key().stream()
            .map(column -> row.text(column).orElse(""))
            .reduce("", (a, b) -> a + b + " ");
    contents.add(part, key.strip(), Json.line(text), vectors);
  }

  private static float[] vector(Object value) {
    if (value instanceof float[] numbers) {
      return numbers;
    }
    List<?> boxed = (List<?>) value;
    float[] numbers = new float[boxed.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (Float) boxed.get(i);
    }
    return numbers;
  }

  private void readRelease(Release release) {
    Map<String, Object> text = new TreeMap<>();
    text.put("policy", release.policyDigest());
    text.put("constraints", release.constraintsDigest());
    text.put("families_off", release.familiesOff());
    text.put("published", release.published());
    text.put("pending", release.pending());
    text.put("dead", release.dead());
    contents.add("release", Long.toString(release.sequence()), Json.line(text), List.of());
    release.families().forEach(this::readIndex);
  }

  private void readIndex(Family family) {
    IndexPlace place = IndexPlace.of(layout, family.path(), hadoop);
    List<String> columns = IndexColumns.TABLE.names();
    try (IndexReader index = IndexReader.open(place, family.lanceVersion());
        RowCursor rows = index.rows(columns)) {
      while (rows.hasNext()) {
        @Nullable Object[] values = rows.next();
        Values row = Values.of(IndexColumns.TABLE);
        for (int i = 0; i < values.length; i++) {
          row.set(columns.get(i), values[i]);
        }
        add("index " + family.name(), IndexColumns.TABLE, row);
      }
    }
  }

  private void readNames(String part, String folder) {
    Path root = new Path(folder);
    try {
      RemoteIterator<LocatedFileStatus> files = root.getFileSystem(hadoop).listFiles(root, true);
      while (files.hasNext()) {
        LocatedFileStatus file = files.next();
        contents.add(
            part, file.getPath().getName(), "%d bytes".formatted(file.getLen()), List.of());
      }
    } catch (FileNotFoundException e) {
      return; // a lake without any
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot list %s: %s", folder, e.getMessage());
    }
  }
}
