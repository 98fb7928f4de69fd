// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL of http or https, each in one spelling, without its fragment.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in ASCII and lower case; an IPv6 address without its brackets
 * @param port as it is asked; the scheme's own where none was written
 * @param target path and query as they go over the wire
 */
public record Url(String scheme, String host, int port, String target) {
  private static final Pattern PARTS =
      Pattern.compile("(?is)^(https?):[/\\\\]{2}([^/\\\\?#]*)([^?#]*)(\\?[^#]*)?(?:#.*)?$");
  private static final Pattern AUTHORITY =
      Pattern.compile("^(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::(\\d{0,5}))?$");
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final Pattern SCHEME_OF_THE_WEB = Pattern.compile("(?is)^https?:[/\\\\]{2}.*");

  /** What a host may not hold, percent signs included: nobody writes a host in disguise. */
  private static final Pattern NO_HOST = Pattern.compile("[\\s%<>\"^`{|}\\\\/?#@,;!$&'()*+=~]");

  private static final int MAX_LENGTH = 8_192;

  /** Whether a text looks like a URL that could be fetched. */
  public static boolean looksLikeOne(String written) {
    return SCHEME_OF_THE_WEB.matcher(written.strip()).matches();
  }

  /**
   * Reads a URL as people and programs write it: with blanks, umlauts and bare percent signs. What
   * is encoded stays as it is.
   *
   * @throws ItemException URL_REFUSED if it is none of http or https, or holds a user or password
   */
  public static Url parse(String written) throws ItemException {
    String text = written.strip();
    if (text.length() > MAX_LENGTH) {
      throw refused(shown(text), "it has more than %d characters".formatted(MAX_LENGTH));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw refused(shown(text), "it holds line ends, tabs or other control characters");
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw refused(shown(text), "expected http://… or https://…");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String query = parts.group(4) == null ? "" : parts.group(4);
    String path = UrlPaths.path(parts.group(3));
    return of(scheme, parts.group(2), path + UrlPaths.query(query), text);
  }

  private static Url of(String scheme, String authority, String target, String text)
      throws ItemException {
    if (authority.indexOf('@') >= 0) {
      throw refused(
          shown(text), "it holds a user or a password, which would stand in tables for good");
    }
    Matcher found = AUTHORITY.matcher(authority);
    if (!found.matches()) {
      throw refused(shown(text), "it has no host, or one that cannot be read");
    }
    String port = found.group(2) == null ? "" : found.group(2);
    int own = scheme.equals("https") ? 443 : 80;
    int number = port.isEmpty() ? own : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw refused(shown(text), "there is no port " + port);
    }
    return new Url(scheme, host(found.group(1), text), number, target);
  }

  private static String host(String written, String text) throws ItemException {
    if (written.startsWith("[")) {
      return written.substring(1, written.length() - 1).toLowerCase(Locale.ROOT);
    }
    try {
      String host = IDN.toASCII(written, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      if (host.isEmpty() || NO_HOST.matcher(host).find()) {
        throw refused(shown(text), "its host cannot be read");
      }
      return host;
    } catch (IllegalArgumentException e) {
      throw refused(shown(text), "its host cannot be read: " + e.getMessage());
    }
  }

  /**
   * Where an answer of this URL leads to.
   *
   * @param location a URL, or a part of one, as a header {@code Location} holds it
   * @throws ItemException URL_REFUSED if it is none of http or https
   */
  Url resolve(String location) throws ItemException {
    String text = location.strip().replace('\\', '/');
    if (SCHEME.matcher(text).matches()) {
      return parse(text);
    }
    if (text.startsWith("//")) {
      return parse(scheme + ":" + text);
    }
    if (text.startsWith("/")) {
      return parse(origin() + text);
    }
    String path = target.replaceFirst("\\?.*$", "");
    if (text.startsWith("?") || text.isEmpty() || text.startsWith("#")) {
      return parse(origin() + (text.startsWith("?") ? path : target) + text);
    }
    return parse(origin() + path.substring(0, path.lastIndexOf('/') + 1) + text);
  }

  private String origin() {
    String named = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return scheme + "://" + named + (hasOwnPort() ? ":" + port : "");
  }

  /** Whether the port is another than the scheme's. */
  boolean hasOwnPort() {
    return port != (scheme.equals("https") ? 443 : 80);
  }

  /** The path without the query. */
  public String path() {
    return target.replaceFirst("\\?.*$", "");
  }

  /** The whole URL, encoded. */
  @Override
  public String toString() {
    return origin() + target;
  }

  private static ItemException refused(String shown, String why) {
    return new ItemException(ItemError.URL_REFUSED, "Cannot fetch '%s': %s".formatted(shown, why));
  }

  /** What may be shown of a text: no user and no password. */
  private static String shown(String text) {
    String safe = text.replaceFirst("^([^/?#]*[/\\\\]{2})?[^/\\\\?#]*@", "$1…@");
    String line = safe.replaceAll("\\p{Cntrl}", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
