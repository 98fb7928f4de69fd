// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.net.UnknownHostException;

/** A host that is not connected to, because of where its name leads. */
final class RefusedAddress extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  RefusedAddress(String message) {
    super(message);
  }
}
