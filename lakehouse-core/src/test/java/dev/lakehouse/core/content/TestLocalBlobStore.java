// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

class TestLocalBlobStore extends RenewingStoreContract {
  @Override
  BlobStore store() {
    return new LocalBlobStore(rootUri());
  }
}
