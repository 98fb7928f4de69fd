// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.jobs.lake.delta.Sessions;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * A program that calls {@code Main} as platforms do which keep their JVM, and says what came of it:
 * {@code SharedJvm FOLDER LAKE} with a Spark session that was there before, {@code SharedJvm LAKE}
 * without.
 */
final class SharedJvm {
  private static final String CATALOG = "spark.sql.catalog.spark_catalog";
  private static final Signal TERM = new Signal("TERM");

  private SharedJvm() {}

  /** What a platform has in place of Delta's own. */
  public static final class PlatformCatalog extends DeltaCatalog {}

  public static void main(String[] args) {
    String lake = args[args.length - 1];
    if (args.length == 1) {
      call("--version");
      call("status", "--lake", lake);
    } else {
      beside(args[0], lake);
    }
    System.out.println("the JVM lives");
  }

  private static void beside(String folder, String lake) {
    PrintStream out = System.out;
    SignalHandler ours = signal -> out.println("the signal of the platform");
    String catalog = PlatformCatalog.class.getName();
    try (SparkSession spark = Sessions.local("local[1]").config(CATALOG, catalog).getOrCreate()) {
      Signal.handle(TERM, ours);
      call("ingest", "--source", "files", "--path", folder, "--lake", lake);
      call("audit", "--lake", lake + "-that-is-not-there");
      System.out.println("same out: " + (System.out == out));
      System.out.println("same signals: " + (Signal.handle(TERM, ours) == ours));
      System.out.println("same catalog: " + spark.conf().get(CATALOG).equals(catalog));
      System.out.println("Spark counts " + spark.range(3).count());
    }
  }

  private static void call(String... args) {
    try {
      Main.main(args);
      System.out.println(args[0] + " returned");
    } catch (RuntimeException e) {
      System.out.println(args[0] + " threw " + e);
    }
  }
}
