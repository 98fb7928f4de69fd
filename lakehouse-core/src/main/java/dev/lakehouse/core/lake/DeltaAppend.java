// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds rows to a table of a lake without Spark, in one commit or none. Others may commit meanwhile:
 * then it goes behind them.
 *
 * <p>For tables whose columns are scalars and whose rows have keys of their own, such as random
 * ones: nobody looks whether a key is there.
 */
public final class DeltaAppend {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaAppend.class);
  private static final String WRITER = "lakehouse";

  private final Table table;
  private final String uri;
  private final Configuration hadoop;

  /** Writes to a table; does nothing yet. */
  public DeltaAppend(LakeLayout layout, Table table, Configuration hadoop) {
    this.table = table;
    this.uri = layout.table(table);
    this.hadoop = hadoop;
  }

  /**
   * Adds rows; makes the table where it is not there yet.
   *
   * @param run that does so
   * @param stage that does so, as commits name it
   * @return the version that has them
   * @throws LakehouseException if they could not be added; COMMIT_CONFLICT where somebody changed
   *     what the table is meanwhile
   */
  public long add(List<Values> rows, String run, String stage) {
    AppendNote note = AppendNote.of(run, stage);
    Engine engine = new NotedEngine(LocalEngine.forTable(uri, hadoop), hadoop, note);
    try {
      return append(engine, begun(engine, note), rows);
    } catch (IOException | RuntimeException e) {
      throw translated(e);
    }
  }

  private Transaction begun(Engine engine, AppendNote note) {
    try {
      return begun(engine);
    } catch (RuntimeException e) { // of a log without commits Kernel says that in other words
      if (new NumberedFiles(uri + "/_delta_log", hadoop).newest().isPresent()) {
        throw e;
      }
      new FirstVersion(uri, table, hadoop).make(AppendNote.of(note.run(), "create"));
      return begun(engine);
    }
  }

  private io.delta.kernel.Table stored(Engine engine) {
    return io.delta.kernel.Table.forPath(engine, uri);
  }

  /** Kernel refuses a table that asks more of a writer than it knows. */
  private Transaction begun(Engine engine) {
    io.delta.kernel.Table stored = stored(engine);
    var unused = stored.getLatestSnapshot(engine); // a builder would make a table of its own
    return stored.createTransactionBuilder(engine, WRITER, Operation.WRITE).build(engine);
  }

  private long append(Engine engine, Transaction transaction, List<Values> rows)
      throws IOException {
    Row state = transaction.getTransactionState(engine);
    FilteredColumnarBatch batch =
        new FilteredColumnarBatch(
            new RowBatch(rows, transaction.getSchema(engine)), Optional.empty());
    DataWriteContext context = Transaction.getWriteContext(engine, state, Map.of());
    try (CloseableIterator<FilteredColumnarBatch> stored =
            Transaction.transformLogicalData(
                engine, state, Utils.singletonCloseableIterator(batch), Map.of());
        CloseableIterator<DataFileStatus> files =
            engine
                .getParquetHandler()
                .writeParquetFiles(
                    context.getTargetDirectory(), stored, context.getStatisticsColumns());
        CloseableIterator<Row> actions =
            Transaction.generateAppendActions(engine, state, files, context)) {
      TransactionCommitResult done =
          transaction.commit(engine, CloseableIterable.inMemoryIterable(actions));
      if (done.isReadyForCheckpoint()) {
        checkpoint(engine, done.getVersion());
      }
      return done.getVersion();
    }
  }

  /** Spares readers the commits before; what was added is there without, too. */
  private void checkpoint(Engine engine, long version) {
    try {
      stored(engine).checkpoint(engine, version);
    } catch (IOException | RuntimeException e) {
      LOG.info("No checkpoint of {} at version {}: {}", uri, version, Hindrance.words(e));
    }
  }

  private LakehouseException translated(Exception e) {
    List<Throwable> chain =
        Stream.iterate((Throwable) e, each -> each != null, Throwable::getCause).toList();
    for (Throwable cause : chain) {
      if (cause instanceof LakehouseException known) {
        return known;
      }
    }
    boolean isOfStorage = chain.stream().anyMatch(IOException.class::isInstance);
    return LakehouseException.because(
        e,
        isOfStorage ? ErrorCode.TRANSIENT : ErrorCode.COMMIT_CONFLICT,
        "Cannot write %s: %s. Nothing that others wrote was changed; try again",
        uri,
        Hindrance.words(requireNonNull(chain.get(chain.size() - 1))));
  }
}
