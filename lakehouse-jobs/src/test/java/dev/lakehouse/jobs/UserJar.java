// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A jar of a user: compiled for itself, and not on the class path of the tests. */
public final class UserJar {

  private UserJar() {}

  /**
   * Compiles one class of package {@code com.acme} and packs it.
   *
   * @param folder where the jar is made
   * @param name of the class, and of the jar
   */
  public static Path of(Path folder, String name, String source) throws IOException {
    Path file = Files.createDirectories(folder.resolve("src-" + name)).resolve(name + ".java");
    Files.writeString(file, source);
    Path classes = Files.createDirectories(folder.resolve("classes-" + name));
    compile(file, classes);
    return pack(classes, folder.resolve(name + ".jar"));
  }

  /** The jar with the function that the documentation shows, {@code com.acme.Words}. */
  public static Path documented(Path folder) throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("lakehouse.home"), "docs", "map-batches.md"));
    int start = page.indexOf("```java\n") + "```java\n".length();
    return of(folder, "Words", page.substring(start, page.indexOf("```", start)));
  }

  private static void compile(Path file, Path classes) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString());
      boolean compiled =
          javac.getTask(said, files, null, options, null, files.getJavaFileObjects(file)).call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
      }
    }
    return jar;
  }
}
