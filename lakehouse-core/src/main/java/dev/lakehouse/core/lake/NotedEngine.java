// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.core.Json;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.json.JsonUtils;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Kernel's engine, whose commits carry a note and come into the log by {@link FirstFile}: on a
 * local disk Kernel's own is safe within one process alone, and it knows no notes.
 *
 * @param engine that does all else
 * @param hadoop settings of the storage
 * @param note that its commits carry
 */
record NotedEngine(Engine engine, Configuration hadoop, AppendNote note) implements Engine {

  @Override
  public ExpressionHandler getExpressionHandler() {
    return engine.getExpressionHandler();
  }

  @Override
  public JsonHandler getJsonHandler() {
    return new Noted(engine.getJsonHandler(), hadoop, note);
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return engine.getFileSystemClient();
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return engine.getParquetHandler();
  }

  private record Noted(JsonHandler json, Configuration hadoop, AppendNote note)
      implements JsonHandler {

    @Override
    public ColumnarBatch parseJson(
        ColumnVector texts, StructType schema, Optional<ColumnVector> selected) {
      return json.parseJson(texts, schema, selected);
    }

    @Override
    public CloseableIterator<ColumnarBatch> readJsonFiles(
        CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate)
        throws IOException {
      return json.readJsonFiles(files, schema, predicate);
    }

    @Override
    public void writeJsonFileAtomically(
        String file, CloseableIterator<Row> actions, boolean overwrite) throws IOException {
      if (overwrite) { // the name of the last checkpoint
        json.writeJsonFileAtomically(file, actions, true);
        return;
      }
      StringBuilder lines = new StringBuilder();
      try (actions) {
        while (actions.hasNext()) {
          lines.append(noted(JsonUtils.rowToJson(actions.next()))).append('\n');
        }
      }
      if (!new FirstFile(new Path(file), hadoop).put(lines.toString())) {
        throw new FileAlreadyExistsException(file); // Kernel looks who was first, and goes on
      }
    }

    private String noted(String action) throws IOException {
      JsonNode node = Json.mapper().readTree(action);
      if (node.get("commitInfo") instanceof ObjectNode info) {
        info.put("userMetadata", note.json());
        return node.toString();
      }
      return action;
    }
  }
}
