// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.folder.FileNames;

/** Rows that name files below the root of their manifest. */
public final class FileReferences implements References {
  private final String root;
  private final FileNames names;

  public FileReferences(Manifest manifest) {
    this.root = manifest.root().uri();
    this.names = new FileNames(manifest.root(), manifest.hadoopConf());
  }

  @Override
  public Offer offer(String written, String field, Place place) throws ItemException {
    return new Offer.File(names.find(written), root, ItemError.MISSING_FILE);
  }

  @Override
  public String key(String uri) {
    return names.relative(uri);
  }

  @Override
  public String words() {
    return "files below " + root;
  }
}
