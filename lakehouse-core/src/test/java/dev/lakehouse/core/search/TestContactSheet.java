// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestContactSheet {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path folder;
  private BlobStore blobs;

  @BeforeEach
  void openStore() {
    blobs = BlobStores.at(folder.toUri().toString(), Map.of());
  }

  private static SearchResult answer(String title, String mediaType, String sha256) {
    Values row =
        Values.of(IndexColumns.TABLE)
            .set(IndexColumns.ASSET_ID, "a1")
            .set(IndexColumns.SEGMENT, "whole")
            .set(IndexColumns.TITLE, title)
            .set(IndexColumns.MEDIA_TYPE, mediaType)
            .set(IndexColumns.SHA256, sha256);
    return new SearchResult("r", 1, "clip", "e", List.of(new Hit(0.98765, row)));
  }

  @Test
  void picturesAreInsideThePage() throws IOException {
    String sha256 = blobs.put(new ByteArrayInputStream(BYTES));

    String page =
        new ContactSheet("Answers", blobs)
            .add("red circles", answer("a.png", "image/png", sha256))
            .html();

    assertThat(page).contains("data:image/png;base64,AQID", "1. 0.988", "a.png", "red circles");
  }

  @Test
  void whatCameFromASourceIsText() throws IOException {
    String page =
        new ContactSheet("<title>", blobs)
            .add("<script>alert(1)</script>", answer("\"><img src=x>", "image/svg+xml", "none"))
            .html();

    assertThat(page)
        .doesNotContain("<script>", "<img", "<title><")
        .contains("&lt;script&gt;", "&quot;&gt;&lt;img");
  }

  @Test
  void aPictureOutsideTheStoreIsNamed() throws IOException {
    String page =
        new ContactSheet("Answers", blobs)
            .add("red circles", answer("a.png", "image/png", "0".repeat(64)))
            .html();

    assertThat(page).contains("kept outside the lake");
  }
}
