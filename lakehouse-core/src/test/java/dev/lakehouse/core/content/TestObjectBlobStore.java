// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

class TestObjectBlobStore extends BlobStoreContract {
  @Override
  BlobStore store() {
    return new ObjectBlobStore(rootUri().replace("file:", "object:"), ObjectFileSystem.CONF);
  }
}
