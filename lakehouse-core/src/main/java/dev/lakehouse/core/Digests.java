// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, the only digest of the house; printed as 64 lower-case hex digits. */
public final class Digests {
  private static final HexFormat HEX = HexFormat.of();

  private Digests() {}

  /** The digest of bytes. */
  public static String sha256(byte[] bytes) {
    return hex(newSha256().digest(bytes));
  }

  /** The digest of a text's UTF-8 bytes. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 of a stream, which is read to its end and left open. */
  public static String sha256(InputStream in) throws IOException {
    MessageDigest digest = newSha256();
    in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return hex(digest.digest());
  }

  /**
   * The digest of several parts in order, each closed by a NUL, so that moving a character from one
   * part to the next changes it.
   */
  public static String ofParts(Iterable<String> parts) {
    MessageDigest digest = newSha256();
    for (String part : parts) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return hex(digest.digest());
  }

  /** A fresh SHA-256 for hashing a stream. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }

  /** Bytes as lower-case hex digits. */
  public static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}
