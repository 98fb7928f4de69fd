// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.BareFileSystem;
import dev.lakehouse.core.ServerFileSystem;
import dev.lakehouse.core.access.HadoopSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestVolume {
  @TempDir java.nio.file.Path folder;

  private final Configuration hadoop = hadoop();

  private static Configuration hadoop() {
    Map<String, String> all = new HashMap<>(ServerFileSystem.CONF);
    all.putAll(BareFileSystem.CONF);
    return HadoopSettings.configuration(all);
  }

  private Path at(String scheme) {
    return new Path(scheme + ":" + folder.resolve("some folder"));
  }

  @Test
  void isWhatTheTriesShow() throws IOException {
    assertThat(Volume.tried(at("file"), hadoop).abilities())
        .containsExactlyInAnyOrder(Ability.RENAME, Ability.LINK, Ability.CREATE_ONCE);
    assertThat(Volume.tried(at("server"), hadoop).abilities())
        .containsExactlyInAnyOrder(Ability.RENAME, Ability.RENAME_ONCE, Ability.CREATE_ONCE);
    assertThat(Volume.tried(at("bare"), hadoop).abilities()).containsExactly(Ability.CREATE_ONCE);
    assertThat(folder.resolve("some folder")).isEmptyDirectory();
  }

  @Test
  void aFolderThatNobodyMayWriteToLacksNothing() {
    BareFileSystem.makeReadOnly(folder.toString());
    try {
      assertThatThrownBy(() -> Volume.tried(at("bare"), hadoop)).isInstanceOf(IOException.class);
      assertThat(Volume.lacks(Ability.RENAME, at("bare"), hadoop)).isFalse();
    } finally {
      BareFileSystem.makeReadOnly("/nowhere");
    }
    assertThat(Volume.lacks(Ability.RENAME, at("bare"), hadoop)).isTrue();
  }

  @Test
  void aNewFileIsWrittenOnce() throws IOException {
    for (String scheme : new String[] {"file", "bare"}) {
      Path file = new Path(at(scheme), scheme + ".json");
      file.getFileSystem(hadoop).mkdirs(file.getParent());

      NewFile.write(file, new byte[] {1, 2, 3}, hadoop);

      assertThatThrownBy(() -> NewFile.write(file, new byte[] {4}, hadoop))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(folder.resolve("some folder").resolve(scheme + ".json"))
          .hasBinaryContent(new byte[] {1, 2, 3});
    }
  }
}
