// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ServerFileSystem;

class TestHadoopBlobStore extends RenewingStoreContract {
  @Override
  BlobStore store() {
    return new HadoopBlobStore(rootUri().replace("file:", "server:"), ServerFileSystem.CONF);
  }
}
