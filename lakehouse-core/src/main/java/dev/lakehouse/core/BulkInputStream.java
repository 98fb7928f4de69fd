// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A filter whose one place to look at bytes is the reading of arrays: a single byte is an array of
 * one, and nothing goes back to a mark unseen.
 */
public abstract class BulkInputStream extends FilterInputStream {

  protected BulkInputStream(InputStream in) {
    super(in);
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
