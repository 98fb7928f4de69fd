// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestContentFiles {
  @TempDir Path folder;
  private BlobStore blobs;
  private Contents contents;

  @BeforeEach
  void open() {
    blobs = BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of());
    contents = new Contents(blobs, Map.of(), 1 << 20);
  }

  private Content blob(String text) throws IOException {
    String sha256 = blobs.put(new ByteArrayInputStream(text.getBytes()));
    return new Content(Optional.empty(), Optional.of(sha256), Optional.empty());
  }

  /** A file that was left where it was found is copied to be read. */
  private Content referenced(String text) throws IOException {
    Path file = Files.writeString(folder.resolve(text + ".txt"), text);
    return new Content(Optional.empty(), blob(text).blob(), Optional.of(file.toUri().toString()));
  }

  @Test
  void ofTextsNothingIsKept() throws Exception {
    try (ContentFiles files = new ContentFiles(contents)) {
      Path file;
      try (ContentFiles.Held held =
          files.hold(new Content(Optional.of("ships"), Optional.empty(), Optional.empty()))) {
        file = held.file();
        assertThat(file).hasContent("ships");
        assertThat(held.size()).isEqualTo(5);
      }
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void manySmallContentsDoNotStayOpen() throws Exception {
    List<Path> copies = new ArrayList<>();
    try (ContentFiles files = new ContentFiles(contents, 8 << 20)) {
      for (int i = 0; i < 10; i++) {
        try (ContentFiles.Held held = files.hold(referenced("small" + i))) {
          copies.add(held.file());
        }
      }
      assertThat(copies).filteredOn(Files::exists).hasSize(8).isEqualTo(copies.subList(2, 10));
    }
    assertThat(copies).noneMatch(Files::exists);
  }

  @Test
  void aContentThatIsGoneMeanwhileIsNoLongerThere() throws Exception {
    try (ContentFiles files = new ContentFiles(contents)) {
      Content content = blob("gone");
      files.hold(content).close();
      Files.delete(Path.of(URI.create(blobs.uri(content.blob().orElseThrow()))));

      assertThatThrownBy(() -> files.hold(content))
          .isInstanceOf(ItemException.class)
          .hasMessageContaining(content.blob().orElseThrow());
    }
  }
}
