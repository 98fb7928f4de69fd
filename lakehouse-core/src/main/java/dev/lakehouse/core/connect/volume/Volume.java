// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.volume;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What can be done in a folder.
 *
 * <p>Schemes and mount tables say little about it, so it is tried with a file of a few bytes, in a
 * folder of its own that is removed again. What one folder can do says nothing about another.
 *
 * @param folder where it was tried
 * @param abilities what went well
 */
public record Volume(Path folder, Set<Ability> abilities) {
  private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECOND = "2nd".getBytes(StandardCharsets.UTF_8);

  public Volume {
    abilities = Set.copyOf(abilities);
  }

  /** Whether something can be done there. */
  public boolean can(Ability ability) {
    return abilities.contains(ability);
  }

  /** What it can do, for people. */
  public String words() {
    return abilities.isEmpty()
        ? "only writes and reads"
        : abilities.stream().sorted().map(Ability::words).collect(Collectors.joining(", "));
  }

  /**
   * Whether a trial shows that something cannot be done in a folder. One that could not be made
   * shows nothing.
   */
  public static boolean lacks(Ability ability, Path folder, Configuration hadoop) {
    try {
      return !tried(folder, hadoop).can(ability);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Tries it; the folder is made if it is not there.
   *
   * @throws IOException if not even a file can be written there
   */
  public static Volume tried(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    Path trial = new Path(folder, ".trial-" + UUID.randomUUID());
    if (!files.mkdirs(trial)) {
      throw new IOException("Cannot make folder " + trial);
    }
    try {
      Tries tries = isLocal(folder) ? new LocalTries(trial) : new HadoopTries(files, trial);
      tries.write("written", FIRST);
      Set<Ability> abilities = EnumSet.noneOf(Ability.class);
      for (Ability ability : Ability.values()) {
        if (goes(() -> tries.go(ability))) {
          abilities.add(ability);
        }
      }
      return new Volume(folder, abilities);
    } finally {
      files.delete(trial, true);
    }
  }

  static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  private static boolean goes(Try what) {
    try {
      return what.go();
    } catch (IOException | RuntimeException e) { // what it says when it cannot is everybody's own
      return false;
    }
  }

  @FunctionalInterface
  private interface Try {
    boolean go() throws IOException;
  }

  /** The tries with what a kind of storage offers for them. */
  private sealed interface Tries {
    void write(String name, byte[] bytes) throws IOException;

    byte[] read(String name) throws IOException;

    void rename(String from, String to) throws IOException;

    void link(String from, String to) throws IOException;

    void createOnce(String name) throws IOException;

    default boolean go(Ability ability) throws IOException {
      return switch (ability) {
        case RENAME -> {
          write("draft", FIRST);
          rename("draft", "renamed");
          yield read("renamed").length == FIRST.length;
        }
        case RENAME_ONCE -> {
          write("taken", FIRST);
          write("late", SECOND);
          boolean refused = !goes(() -> renamed("late", "taken"));
          yield refused
              && read("taken").length == FIRST.length
              && goes(() -> renamed("late", "free"));
        }
        case LINK -> {
          link("written", "linked");
          yield read("linked").length == FIRST.length;
        }
        case CREATE_ONCE -> {
          createOnce("created");
          yield !goes(() -> created("created"));
        }
      };
    }

    private boolean renamed(String from, String to) throws IOException {
      rename(from, to);
      return true;
    }

    private boolean created(String name) throws IOException {
      createOnce(name);
      return true;
    }
  }

  private record HadoopTries(FileSystem files, Path folder) implements Tries {
    @Override
    public void write(String name, byte[] bytes) throws IOException {
      try (OutputStream out = files.create(new Path(folder, name), true)) {
        out.write(bytes);
      }
    }

    @Override
    public byte[] read(String name) throws IOException {
      try (var in = files.open(new Path(folder, name))) {
        return in.readAllBytes();
      }
    }

    @Override
    public void rename(String from, String to) throws IOException {
      if (!files.rename(new Path(folder, from), new Path(folder, to))) {
        throw new IOException("not renamed");
      }
    }

    @Override
    public void link(String from, String to) {
      throw new UnsupportedOperationException("Hadoop knows no links");
    }

    @Override
    public void createOnce(String name) throws IOException {
      files.create(new Path(folder, name), false).close();
    }
  }

  /** Past Hadoop, which copies where a local rename fails. */
  private record LocalTries(java.nio.file.Path folder) implements Tries {
    LocalTries(Path folder) {
      this(java.nio.file.Path.of(folder.toUri().getPath()));
    }

    @Override
    public void write(String name, byte[] bytes) throws IOException {
      Files.write(folder.resolve(name), bytes);
    }

    @Override
    public byte[] read(String name) throws IOException {
      return Files.readAllBytes(folder.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
      Files.move(folder.resolve(from), folder.resolve(to), ATOMIC_MOVE);
    }

    @Override
    public void link(String from, String to) throws IOException {
      Files.createLink(folder.resolve(to), folder.resolve(from));
    }

    @Override
    public void createOnce(String name) throws IOException {
      Files.newOutputStream(folder.resolve(name), CREATE_NEW, WRITE).close();
    }
  }
}
