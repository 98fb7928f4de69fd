// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.own.OwnEmbedding;
import dev.lakehouse.bench.spark.TaskSessions;
import java.util.List;
import java.util.Locale;

/** Who is measured, each run in a process of its own. */
enum Contender {
  /** Decoding alone, the network alone, and what they make together. */
  FLOOR("floor") {
    @Override
    List<Result> run(Task task) throws Exception {
      return Floors.run(task);
    }
  },
  /** The lakehouse: {@code embed} on a lake that was judged. */
  LAKEHOUSE("lakehouse") {
    @Override
    List<Result> run(Task task) throws Exception {
      return List.of(OwnEmbedding.run(name, task));
    }
  },
  /** Spark as it is often written: each task opens a session of its own. */
  TASK_SESSIONS("spark, session a task") {
    @Override
    List<Result> run(Task task) throws Exception {
      return List.of(TaskSessions.perTask().run(name, task));
    }
  },
  /** Spark at its worst: each batch opens a session. */
  BATCH_SESSIONS("spark, session a batch") {
    @Override
    List<Result> run(Task task) throws Exception {
      return List.of(TaskSessions.perBatch().run(name, task));
    }
  };

  final String name;

  Contender(String name) {
    this.name = name;
  }

  /** As the command line names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  abstract List<Result> run(Task task) throws Exception;
}
