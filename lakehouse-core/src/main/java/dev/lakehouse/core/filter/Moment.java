// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a moment as people write it: a year, a month, a day, or a day and a time; else UTC. */
final class Moment {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:-(\\d{1,2}))?(?:-(\\d{1,2}))?"
              + "(?:[ T](\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?)(.*))?");

  private Moment() {}

  static Optional<Instant> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
      String time = form.group(4) == null ? "00:00" : form.group(4);
      LocalTime hour = LocalTime.parse(time.indexOf(':') == 1 ? "0" + time : time);
      String zone = form.group(5) == null ? "" : form.group(5).strip();
      return Optional.of(
          LocalDateTime.of(day, hour)
              .atZone(zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone))
              .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher form, int group) {
    return form.group(group) == null ? 1 : Integer.parseInt(form.group(group));
  }
}
