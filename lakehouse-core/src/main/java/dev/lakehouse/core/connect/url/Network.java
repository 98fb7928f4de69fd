// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.UrlSetting;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of addresses.
 *
 * @param address its first, 4 or 16 bytes, as a number
 * @param bytes of an address: 4 or 16
 * @param prefix how many bits all of its addresses share
 */
record Network(BigInteger address, int bytes, int prefix) {
  private static final Pattern LITERAL =
      Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:/\\d{1,3})?");

  /**
   * Reads what {@code lakehouse.urls.private} says.
   *
   * @throws LakehouseException CONFIG_INVALID if it is no list of addresses
   */
  static List<Network> list(String written) {
    if (written.isBlank() || written.strip().equals("none")) {
      return List.of();
    }
    return Arrays.stream(written.split(",")).map(String::strip).map(Network::asked).toList();
  }

  private static Network asked(String written) {
    if (LITERAL.matcher(written).matches()) {
      try {
        return of(written);
      } catch (IllegalArgumentException e) {
        // said below
      }
    }
    throw LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid %s: '%s' (expected addresses or networks with commas, for example"
            + " 10.1.2.3,192.168.0.0/16,fd00::/8, or none)",
        UrlSetting.PRIVATE.key(),
        written);
  }

  /** A network that is known to be well written: {@code 10.0.0.0/8}, {@code ::1}. */
  static Network of(String written) {
    String[] parts = written.split("/");
    byte[] address = bytes(parts[0]);
    int bits = address.length * 8;
    int prefix = parts.length > 1 ? Integer.parseInt(parts[1]) : bits;
    if (prefix > bits) {
      throw new IllegalArgumentException("A prefix of more than %d bits".formatted(bits));
    }
    return new Network(new BigInteger(1, address), address.length, prefix);
  }

  private static byte[] bytes(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress(); // a literal is looked up nowhere
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  boolean holds(InetAddress other) {
    byte[] raw = other.getAddress();
    int shift = bytes * 8 - prefix;
    return raw.length == bytes
        && new BigInteger(1, raw).shiftRight(shift).equals(address.shiftRight(shift));
  }
}
