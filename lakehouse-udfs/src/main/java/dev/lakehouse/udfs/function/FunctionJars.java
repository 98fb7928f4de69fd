// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;

/** Jars of users on their way to the executors. */
final class FunctionJars {

  private record Shipped(String application, String name) {}

  private record Version(Path file, long modified) {}

  /** What was shipped: Spark keeps the first jar of a name, and executors the first classes. */
  private static final Map<Shipped, Version> SHIPPED = new HashMap<>();

  private final List<Path> files;

  private FunctionJars(List<Path> files) {
    this.files = files;
  }

  /**
   * @throws LakehouseException if one is not there
   */
  static FunctionJars of(List<String> names) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path file = Path.of(name.startsWith("file:") ? name.substring("file:".length()) : name);
      if (!Files.isRegularFile(file)) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "There is no jar %s. Give the path of a file on this machine",
            file.toAbsolutePath());
      }
      files.add(file.toAbsolutePath().normalize());
    }
    return new FunctionJars(files);
  }

  /** Sends them to the executors, also to those that come later. */
  void ship(SparkContext spark) {
    synchronized (SHIPPED) { // until it is there for all, it was not shipped
      files.forEach(file -> ship(spark, file));
    }
  }

  private static void ship(SparkContext spark, Path file) {
    Version version = new Version(file, file.toFile().lastModified());
    Version first =
        SHIPPED.putIfAbsent(
            new Shipped(spark.applicationId(), String.valueOf(file.getFileName())), version);
    if (first == null) {
      spark.addJar(file.toUri().toString());
    } else if (!first.equals(version)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot send jar %s to the executors: this Spark application has %s already, and keeps"
              + " the classes that it has. Give the new jar another name and its classes another"
              + " package, or start a new session",
          file,
          first.file().equals(file) ? "an older state of it" : "another one, " + first.file());
    }
  }

  /** Where the driver finds their classes, and all others. */
  URLClassLoader loader(ClassLoader parent) {
    List<URL> urls = new ArrayList<>();
    for (Path file : files) {
      try {
        urls.add(file.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException("Not the URL of a file: " + file, e);
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), parent);
  }

  /** For messages. */
  @Override
  public String toString() {
    return files.isEmpty() ? "the class path" : "the class path and " + files;
  }
}
