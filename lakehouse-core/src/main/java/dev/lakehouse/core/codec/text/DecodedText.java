// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.text;

/**
 * Text out of bytes.
 *
 * @param text without a byte order mark; line ends as they were
 * @param charset IANA name of what it was decoded from
 */
public record DecodedText(String text, String charset) {}
