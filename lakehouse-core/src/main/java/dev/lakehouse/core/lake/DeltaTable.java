// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** A Delta table of a lake, read without Spark. */
public final class DeltaTable {
  private final Engine engine;
  private final Table table;
  private final DeltaDamage damage;

  private DeltaTable(LakeLayout layout, Table table, Configuration hadoop) {
    this.table = table;
    this.damage = new DeltaDamage(layout.table(table));
    this.engine = LocalEngine.forTable(damage.uri(), hadoop);
  }

  /** A table of a lake; nothing is read yet. */
  public static DeltaTable of(LakeLayout layout, Table table, Configuration hadoop) {
    return new DeltaTable(layout, table, hadoop);
  }

  /** The latest version, or nothing where there is no table yet. */
  public Optional<DeltaVersion> latest() {
    return version(() -> stored().getLatestSnapshot(engine));
  }

  /** A version, or nothing where there is no table. */
  public Optional<DeltaVersion> at(long version) {
    return version(() -> stored().getSnapshotAsOfVersion(engine, version));
  }

  private Optional<DeltaVersion> version(Supplier<Snapshot> snapshot) {
    return damage.telling(
        () -> {
          try {
            return Optional.of(new DeltaVersion(engine, table, damage, snapshot.get()));
          } catch (TableNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private io.delta.kernel.Table stored() {
    return io.delta.kernel.Table.forPath(engine, damage.uri());
  }

  /** All rows of the latest version, or nothing where there is no table yet. */
  public Optional<List<Values>> rows() {
    return latest().map(version -> version.rows(table.names()));
  }

  /** All rows of a version, or nothing where there is no table. */
  public Optional<List<Values>> rowsAt(long version) {
    return at(version).map(found -> found.rows(table.names()));
  }
}
