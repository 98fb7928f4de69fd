// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a request belongs to, as W3C Trace Context has it.
 *
 * @param traceId 32 hex digits: the caller's, where there is one
 * @param spanId 16 hex digits, of this request
 * @param flags 2 hex digits, as the caller has them
 */
record Trace(String traceId, String spanId, String flags) {
  private static final Pattern PARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Goes on with what a header says; what is none is as if it were not there. */
  static Trace of(@Nullable String traceparent) {
    Matcher parent = PARENT.matcher(traceparent == null ? "" : traceparent);
    boolean goesOn =
        parent.matches() && !parent.group(1).matches("0+") && !parent.group(2).matches("0+");
    return goesOn
        ? new Trace(parent.group(1), hex(8), parent.group(3))
        : new Trace(hex(16), hex(8), "00");
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** For the answer. */
  String header() {
    return "00-%s-%s-%s".formatted(traceId, spanId, flags);
  }
}
