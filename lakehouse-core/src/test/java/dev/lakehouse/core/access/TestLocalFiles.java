// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLocalFiles {
  private static final byte[] CONTENT = "what stands in it".getBytes(StandardCharsets.UTF_8);

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = HadoopSettings.configuration(Map.of());
  private FileSystem files;

  @BeforeEach
  void opened() throws IOException {
    files = FileSystem.newInstance(folder.toUri(), configuration);
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private void write(Path file) throws IOException {
    try (OutputStream out = files.create(file)) {
      out.write(CONTENT);
    }
  }

  @Test
  void hadoopTakesIt() throws IOException {
    assertThat(files).isInstanceOf(LocalFiles.class);
    assertThat(FileContext.getFileContext(folder.toUri(), configuration).getDefaultFileSystem())
        .isInstanceOf(LocalFileContext.class);
  }

  @Test
  void whatSomebodyChoseStays() {
    assertThat(HadoopSettings.configuration(Map.of("fs.file.impl", "x.Y")).get("fs.file.impl"))
        .isEqualTo("x.Y");
  }

  @Test
  void permissionsAreThoseThatAreAskedFor() throws IOException {
    configuration.set("fs.permissions.umask-mode", "027");
    write(path("a"));
    files.mkdirs(path("b/c"));

    assertThat(permissions("a")).isEqualTo("rw-r-----");
    assertThat(permissions("b/c")).isEqualTo("rwxr-x---");
    files.setPermission(path("a"), new FsPermission((short) 0600));
    assertThat(permissions("a")).isEqualTo("rw-------");
    files.setPermission(path("b"), new FsPermission((short) 01777));
    assertThat(Files.getAttribute(folder.resolve("b"), "unix:mode")).isEqualTo(041777);
    assertThat(files.getFileStatus(path("a")).getPermission()).hasToString("rw-------");
    assertThatThrownBy(() -> files.setPermission(path("none"), new FsPermission((short) 0600)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFileIsRenamedOverAnotherOrNot() throws IOException {
    FileContext context = FileContext.getFileContext(folder.toUri(), configuration);
    write(path("a"));
    write(path("b"));

    assertThatThrownBy(() -> context.rename(path("a"), path("b")))
        .isInstanceOf(org.apache.hadoop.fs.FileAlreadyExistsException.class);
    context.rename(path("a"), path("b"), Options.Rename.OVERWRITE);
    assertThat(names()).containsExactly(".b.crc", "b");
    assertThatThrownBy(() -> context.rename(path("a"), path("c")))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void linksAreFollowed() throws IOException {
    write(path("a"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
    FileContext context = FileContext.getFileContext(folder.toUri(), configuration);
    FileContext hadoops = FileContext.getFileContext(folder.toUri(), new Configuration());

    for (FileContext each : List.of(hadoops, context)) {
      FileStatus link = each.getFileLinkStatus(path("link"));
      assertThat(link.isSymlink()).isFalse();
      assertThat(link.getLen()).isEqualTo(CONTENT.length);
      assertThatThrownBy(() -> each.getFileLinkStatus(path("dangling")))
          .isInstanceOf(FileNotFoundException.class);
    }
  }

  @Test
  void bytesThatRottedAreNoticed() throws IOException {
    write(path("a"));
    Files.writeString(folder.resolve("a"), "What stands in it");

    assertThatThrownBy(() -> files.open(path("a")).readAllBytes())
        .isInstanceOf(ChecksumException.class);
  }

  /** It was six for each commit of a table. */
  @Test
  void noProcessIsStarted() throws IOException {
    FileContext context = FileContext.getFileContext(folder.toUri(), configuration);
    java.nio.file.Path recorded = folder.resolve("recorded.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      context.mkdir(path("x"), FsPermission.getDirDefault(), true);
      try (OutputStream out =
          context.create(path("x/a"), java.util.EnumSet.of(CreateFlag.CREATE))) {
        out.write(CONTENT);
      }
      context.rename(path("x/a"), path("x/b"));
      files.delete(path("x"), true);
      recording.stop();
      recording.dump(recorded);
    }
    assertThat(startedBy(Thread.currentThread(), recorded)).isEmpty();
  }

  private static List<String> startedBy(Thread thread, java.nio.file.Path recorded)
      throws IOException {
    return RecordingFile.readAllEvents(recorded).stream()
        .filter(each -> each.getThread().getJavaThreadId() == thread.getId())
        .map((RecordedEvent each) -> each.getString("command"))
        .toList();
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> found = Files.list(folder)) {
      return found.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
