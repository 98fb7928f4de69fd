// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.BareFileSystem;
import dev.lakehouse.core.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where nothing can be renamed. */
class TestBareBlobStore extends RenewingStoreContract {
  @Override
  BlobStore store() {
    return new HadoopBlobStore(rootUri().replace("file:", "bare:"), BareFileSystem.CONF);
  }

  @Test
  void whatAKilledPutLeftIsFinishedByTheNext() throws IOException {
    byte[] content = {1, 2, 3, 4};
    String sha256 = Digests.sha256(content);
    Path half = folder.resolve("blobs").resolve(BlobNames.path(sha256));
    Path mark = folder.resolve("blobs").resolve(BlobNames.STAGING).resolve(sha256);
    Files.createDirectories(half.getParent());
    Files.createDirectories(mark.getParent());
    Files.write(half, new byte[] {1, 2});
    Files.createFile(mark);

    assertThat(store().put(new ByteArrayInputStream(content))).isEqualTo(sha256);

    assertThat(half).hasBinaryContent(content);
    assertThat(mark).doesNotExist();
  }
}
