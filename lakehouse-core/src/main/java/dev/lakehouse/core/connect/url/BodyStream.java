// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.BulkInputStream;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.UrlSetting;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends with a {@link FetchFailure} where it is lost, too slow or too long. */
final class BodyStream extends BulkInputStream {
  private final Url url;
  private final Deadline deadline;
  private final long maxBytes;
  private long count;

  BodyStream(InputStream in, Url url, Deadline deadline, long maxBytes) {
    super(in);
    this.url = url;
    this.deadline = deadline;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(into, offset, length);
    } catch (IOException e) {
      throw Setbacks.of(e, url, deadline);
    }
    count += Math.max(0, read);
    if (count > maxBytes) {
      throw FetchFailure.lasting(
          ItemError.BYTE_LIMIT,
          "%s has more bytes than %s (%d)".formatted(url, UrlSetting.MAX_BYTES.key(), maxBytes));
    }
    return read;
  }

  /** The exchange ends what it began; closing would read an endless body to its end. */
  @Override
  public void close() {}
}
