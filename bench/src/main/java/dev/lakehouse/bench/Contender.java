// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import ai.djl.engine.Engine;
import dev.lakehouse.bench.own.OwnEmbedding;
import dev.lakehouse.bench.own.PreparedLake;
import dev.lakehouse.bench.spark.TaskSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is measured, each run in a process of its own. */
enum Contender {
  /** Decoding alone, the network alone, and what they make together. */
  FLOOR("floor", 1) {
    @Override
    List<Result> run(Task task) throws Exception {
      return Floors.run(task);
    }
  },
  /** The lakehouse: {@code embed} on a lake that was judged. */
  LAKEHOUSE("lakehouse", 1) {
    @Override
    List<Result> run(Task task) throws Exception {
      return List.of(OwnEmbedding.run(label, task, PreparedLake.FP32));
    }
  },
  /** The same in the precision that it finds best, which may be bf16 in builds with PyTorch. */
  LAKEHOUSE_AUTO("lakehouse, auto", 1) {
    @Override
    Set<Workload> workloads() {
      return Set.of(Workload.IMAGES);
    }

    @Override
    List<Result> run(Task task) throws Exception {
      return List.of(OwnEmbedding.run(label, task, "auto"));
    }
  },
  /** Spark as it is often written: each task opens a session of its own. */
  TASK_SESSIONS("spark, session a task", 4) {
    @Override
    List<Result> run(Task task) throws Exception {
      return List.of(TaskSessions.perTask().run(label, task));
    }
  },
  /** Spark at its worst: each batch opens a session. */
  BATCH_SESSIONS("spark, session a batch", 16) {
    @Override
    List<Result> run(Task task) throws Exception {
      return List.of(TaskSessions.perBatch().run(label, task));
    }
  },
  /** SynapseML, from its published jars. */
  SYNAPSEML("SynapseML", 4) {
    @Override
    Optional<Child> peer(Task task) throws IOException {
      BenchData data = task.data();
      List<String> inputs =
          task.workload().isPictures()
              ? List.of(
                  data.clip().resolve("vision_model.onnx").toString(),
                  data.photographs(task.workload(), task.rows()).toString(),
                  out(task))
              : List.of(
                  data.minilm().resolve("model.onnx").toString(),
                  data.textFile(task.workload(), task.rows()).toString(),
                  out(task),
                  data.minilm().resolve("tokenizer.json").toString(),
                  task.workload() == Workload.CAPTIONS ? "32" : "256");
      return process("synapseml", "dev.lakehouse.peers.SynapseMl", task, inputs);
    }
  },
  /** Spark NLP, from its published jars. */
  SPARK_NLP("Spark NLP", 4) {
    @Override
    Set<Workload> workloads() {
      return EnumSet.copyOf(Workload.TEXTS);
    }

    @Override
    Optional<Child> peer(Task task) throws IOException {
      BenchData data = task.data();
      return process(
          "sparknlp",
          "dev.lakehouse.peers.SparkNlp",
          task,
          List.of(
              data.minilm().toString(),
              data.textFile(task.workload(), task.rows()).toString(),
              out(task),
              "256"));
    }
  };

  private static final Path PEERS = Path.of("bench", "peers");
  private static final String FETCH = "to fetch it, about 1 GB: mvn -f bench/peers/pom.xml package";

  /** As tables name it. */
  final String label;

  private final int part;

  /**
   * @param part of the rows that it does, one in so many: what is compared is its rate
   */
  Contender(String label, int part) {
    this.label = label;
    this.part = part;
  }

  /** What it can do at all. */
  Set<Workload> workloads() {
    return EnumSet.allOf(Workload.class);
  }

  int rows(int all) {
    return Math.max(64, all / part);
  }

  /** Measures in this process. */
  List<Result> run(Task task) throws Exception {
    throw new IllegalStateException(label + " is a process of its own");
  }

  /** The process that measures, where it is not this program. */
  Optional<Child> peer(Task task) throws IOException {
    return Optional.empty();
  }

  /** How to build it, where it is not built. */
  Optional<String> missing() {
    return switch (this) {
      case LAKEHOUSE_AUTO ->
          unless(
              Engine.hasEngine("PyTorch"),
              "to build with PyTorch: mvn -Pbench,torch -Dshade.skip -DskipTests package");
      case SYNAPSEML ->
          unless(Files.exists(PEERS.resolve("synapseml/target/synapseml.jar")), FETCH);
      case SPARK_NLP -> unless(Files.exists(PEERS.resolve("sparknlp/target/sparknlp.jar")), FETCH);
      default -> Optional.empty();
    };
  }

  private static Optional<String> unless(boolean built, String remedy) {
    return built ? Optional.empty() : Optional.of(remedy);
  }

  static Optional<Child> process(String module, String main, Task task, List<String> arguments) {
    Path built = PEERS.resolve(module).resolve("target");
    return Optional.of(
        Child.of(built.resolve(module + ".jar") + ":" + built.resolve("lib") + "/*", main)
            .with(task.workload().word(), String.valueOf(task.cores()))
            .with(arguments.toArray(String[]::new)));
  }

  static String out(Task task) {
    return task.data().folder().resolve("scratch-peer").toString();
  }
}
