// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells an e-mail from a note that begins like one: programs leave lines in its head that no person
 * writes.
 */
final class MailHeaders {
  private static final Pattern BOX =
      Pattern.compile("^From \\S+ .{0,100}\\b\\d{4}\\b[^\r\n]{0,20}\r?\n");
  private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z0-9-]{1,60}):(?: .*)?");
  private static final Set<String> BY_PROGRAMS =
      Set.of(
          "message-id",
          "mime-version",
          "received",
          "return-path",
          "delivered-to",
          "content-transfer-encoding",
          "x-mailer",
          "dkim-signature");
  private static final Set<String> BY_PEOPLE = Set.of("from", "to", "cc", "subject", "date");

  /** By people, in an e-mail; a name that says so weighs as much as what programs write. */
  private static final int ENOUGH = 2;

  private MailHeaders() {}

  static Optional<String> of(String text, Optional<String> nameType) {
    Matcher box = BOX.matcher(text);
    if (box.find()) {
      return isHead(text.substring(box.end()), true)
          ? Optional.of(DocumentTypes.MAILBOX)
          : Optional.empty();
    }
    boolean named = nameType.filter(DocumentTypes.EMAIL::equals).isPresent();
    return isHead(text, named) ? Optional.of(DocumentTypes.EMAIL) : Optional.empty();
  }

  private static boolean isHead(String text, boolean named) {
    List<String> lines = text.lines().takeWhile(line -> !line.isBlank()).limit(400).toList();
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      Matcher header = LINE.matcher(line);
      if (header.matches()) {
        names.add(header.group(1).toLowerCase(Locale.ROOT));
      } else if (names.isEmpty() || !line.startsWith(" ") && !line.startsWith("\t")) {
        return false; // neither a header nor the rest of one
      }
    }
    boolean byPrograms = names.stream().anyMatch(BY_PROGRAMS::contains);
    long byPeople = names.stream().filter(BY_PEOPLE::contains).count();
    return (byPrograms || named) && byPeople + (byPrograms && named ? 1 : 0) >= ENOUGH;
  }
}
