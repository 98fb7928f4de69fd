// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

class TestLocalBlobStore extends BlobStoreContract {
  @Override
  BlobStore store() {
    return new LocalBlobStore(rootUri());
  }
}
