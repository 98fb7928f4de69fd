// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.BareFileSystem;
import dev.lakehouse.core.access.HadoopSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestVolumeLogStore {
  private static final String ZERO = "00000000000000000000.json";
  private static final String ONE = "00000000000000000001.json";

  @TempDir java.nio.file.Path folder;

  private final Configuration hadoop = HadoopSettings.configuration(BareFileSystem.CONF);
  private java.nio.file.Path log;
  private java.nio.file.Path drafts;

  @BeforeEach
  void log() throws IOException {
    log = Files.createDirectory(folder.resolve("_delta_log"));
    drafts = log.resolve(".drafts");
  }

  private void write(String scheme, String name, boolean overwrite, String... actions)
      throws IOException {
    new VolumeLogStore(hadoop)
        .write(new Path(scheme + ":" + log, name), List.of(actions).iterator(), overwrite, hadoop);
  }

  private List<String> listed(String scheme) throws IOException {
    List<String> names = new ArrayList<>();
    new VolumeLogStore(hadoop)
        .listFrom(new Path(scheme + ":" + log, ZERO), hadoop)
        .forEachRemaining((FileStatus file) -> names.add(file.getPath().getName()));
    return names;
  }

  private void draft(String commit, String words) throws IOException {
    Files.createDirectories(drafts);
    Files.writeString(drafts.resolve(commit + "." + words.hashCode()), words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "file"})
  void ofTwoWhoCommitAVersionOneDoes(String scheme) throws IOException {
    write(scheme, ZERO, false, "{\"first\":1}", "{\"and\":2}");

    assertThatThrownBy(() -> write(scheme, ZERO, false, "{\"second\":1}"))
        .isInstanceOf(FileAlreadyExistsException.class);
    write(scheme, "_last_checkpoint", true, "{\"version\":10}");
    write(scheme, "_last_checkpoint", true, "{\"version\":9}");

    assertThat(log.resolve(ZERO)).hasContent("{\"first\":1}\n{\"and\":2}\n");
    assertThat(log.resolve("_last_checkpoint")).hasContent("{\"version\":9}\n");
    assertThat(listed(scheme)).contains(ZERO);
  }

  @Test
  void aCommitThatAKillLeftInPartIsFinished() throws IOException {
    write("bare", ZERO, false, "{\"first\":1}");
    draft(ONE, "{\"second\":1}\n{\"and\":2}\n");
    draft(ONE, "{\"late\":1}\n");
    Files.writeString(log.resolve(ONE), "{\"second\":1}\n");

    assertThat(listed("bare")).containsExactly(ZERO, ONE);

    assertThat(log.resolve(ONE)).hasContent("{\"second\":1}\n{\"and\":2}\n");
    listed("bare");
    assertThat(drafts).isEmptyDirectory();
  }

  @Test
  void whoseCommitIsBegunMustBeKnown() throws IOException {
    draft(ONE, "{\"one\":1}\n");
    draft(ONE, "{\"other\":1}\n");
    Files.createFile(log.resolve(ONE));

    listed("bare");
    assertThat(log.resolve(ONE)).isEmptyFile();

    try (Stream<java.nio.file.Path> all = Files.list(drafts)) {
      for (java.nio.file.Path each : all.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
    listed("bare"); // whoever wrote them is gone, and was told of no success
    assertThat(log.resolve(ONE)).isNotEmptyFile();
  }

  @Test
  void aCheckpointThatIsCutOffIsNotRead() throws IOException {
    write("bare", ZERO, false, "{\"first\":1}");
    String whole = "00000000000000000010.checkpoint.parquet";
    String half = "00000000000000000020.checkpoint.parquet";
    Files.writeString(log.resolve(whole), "PAR1 rows PAR1");
    Files.writeString(log.resolve(half), "PAR1 ro");

    assertThat(listed("bare")).containsExactly(ZERO, whole);
    assertThat(log.resolve(half)).exists(); // somebody may be about to write it

    Files.setLastModifiedTime(log.resolve(half), FileTime.from(Instant.now().minusSeconds(3600)));
    assertThat(listed("bare")).containsExactly(ZERO, whole);
    assertThat(log.resolve(half)).doesNotExist();
  }

  @Test
  void aDraftAloneIsNoCommit() throws IOException {
    draft(ZERO, "{\"never\":1}\n");

    assertThat(listed("bare")).isEmpty();
    write("bare", ZERO, false, "{\"first\":1}");
    assertThat(listed("bare")).containsExactly(ZERO);

    assertThat(log.resolve(ZERO)).hasContent("{\"first\":1}\n");
    assertThat(drafts).isEmptyDirectory();
  }
}
