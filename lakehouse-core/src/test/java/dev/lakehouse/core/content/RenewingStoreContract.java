// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store promises in addition that can set the time of a blob. */
abstract class RenewingStoreContract extends BlobStoreContract {
  @Test
  void aBlobThatIsPutAgainIsNoLeftover() throws IOException {
    BlobStore store = store();
    store.put(new ByteArrayInputStream(new byte[] {5}));
    Path blob = folder.resolve("blobs").resolve(BlobNames.path(Digests.sha256(new byte[] {5})));
    Files.setLastModifiedTime(blob, FileTime.from(Instant.EPOCH));
    List<StoredFile> old = new ArrayList<>();
    store.list(old::add);

    store.put(new ByteArrayInputStream(new byte[] {5}));

    assertThat(store.discard(old.get(0), Instant.EPOCH.plusSeconds(9))).isFalse();
    assertThat(blob).exists();
  }
}
