// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jars that are carried within our own, unpacked once on a machine: into a folder that is named by
 * what they are, in {@code java.io.tmpdir}, of this user alone.
 *
 * <p>JVMs that unpack at the same time do no harm to each other: each does it beside the folder,
 * and one of them gives it its name. What is there is compared with the index by its digests before
 * this JVM uses it for the first time, and looked for again before each later use.
 */
public final class ChildJars {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S+)");
  private static final int TRIES = 6;

  private final String resources;
  private final List<Jar> jars;
  private final String digest;
  private Optional<Path> checked = Optional.empty();

  private record Jar(String name, String sha256) {}

  private ChildJars(String resources, List<Jar> jars, String digest) {
    this.resources = resources;
    this.jars = jars;
    this.digest = digest;
  }

  /**
   * Jars that an index names, a line each: the digest, a space and a star, the name of the jar
   * beside it.
   *
   * @param resources folder on our class path that holds {@code index} and the jars
   */
  public static ChildJars of(String resources) {
    byte[] index = resource(resources + "/index", InputStream::readAllBytes);
    List<Jar> jars =
        new String(index, UTF_8)
            .lines()
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .map(line -> new Jar(line.group(2), line.group(1)))
            .toList();
    return new ChildJars(resources, jars, Digests.sha256(index));
  }

  /** All of them, as files. */
  public synchronized List<Path> unpacked() {
    if (checked.filter(this::isComplete).isEmpty()) {
      checked = Optional.of(folder());
    }
    Path folder = checked.orElseThrow();
    return jars.stream().map(jar -> folder.resolve(jar.name())).toList();
  }

  private Path folder() {
    try {
      Path home = ChildHome.ofUser();
      Path folder = home.resolve(digest.substring(0, 32));
      for (int i = 0; i < TRIES && !isWhole(folder); i++) {
        unpackAt(home, folder);
      }
      if (isWhole(folder)) {
        return folder;
      }
      throw new IOException(folder + " changes while it is read");
    } catch (IOException | UncheckedIOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot unpack the libraries that documents are read with: expected 50 MB of room in the"
              + " folder java.io.tmpdir %s, found %s. Make room there, or name another one with"
              + " -Djava.io.tmpdir",
          System.getProperty("java.io.tmpdir"),
          e.getMessage());
    }
  }

  /** Beside the folder, then in its place: nobody ever sees half of it under its name. */
  private void unpackAt(Path home, Path folder) throws IOException {
    Path beside = Files.createTempDirectory(home, "unpacking-");
    try {
      for (Jar jar : jars) {
        Path file = beside.resolve(jar.name());
        long unused = resource(resources + "/" + jar.name(), in -> Files.copy(in, file));
      }
      if (isWhole(folder)) {
        return; // another was quicker
      }
      if (Files.exists(folder)) {
        Files.move(folder, Files.createTempDirectory(home, "damaged-").resolve("folder"));
      }
      Files.move(beside, folder);
    } catch (NoSuchFileException e) {
      // another took away what is damaged; what it puts there is looked at next
    } catch (FileSystemException e) {
      if (!Files.exists(folder)) {
        throw e;
      } // else another JVM was quicker; what it left is looked at next
    } finally {
      ChildHome.clean(home, beside);
    }
  }

  private boolean isComplete(Path folder) {
    return jars.stream().allMatch(jar -> Files.isRegularFile(folder.resolve(jar.name())));
  }

  private boolean isWhole(Path folder) throws IOException {
    if (!isComplete(folder)) {
      return false;
    }
    for (Jar jar : jars) {
      try (InputStream in = Files.newInputStream(folder.resolve(jar.name()))) {
        if (!Digests.sha256(in.readAllBytes()).equals(jar.sha256())) {
          return false;
        }
      } catch (NoSuchFileException e) {
        return false; // another takes it away, since it is damaged
      }
    }
    return true;
  }

  private interface Use<T> {
    T of(InputStream in) throws IOException;
  }

  private static <T> T resource(String name, Use<T> use) {
    try (InputStream in = ChildJars.class.getResourceAsStream(name)) {
      if (in == null) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Cannot read documents: expected %s on the class path, found nothing. Add the jar"
                + " lakehouse-documents, or use the one jar for spark-submit",
            name);
      }
      return use.of(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack " + name, e);
    }
  }
}
