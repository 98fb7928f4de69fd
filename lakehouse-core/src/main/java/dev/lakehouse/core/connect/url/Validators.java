// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server said of the state of its content, by which it can be asked whether that changed.
 *
 * @param url that answered, after all redirects
 * @param etag as the server writes it
 * @param lastModified as the server writes it
 */
public record Validators(String url, Optional<String> etag, Optional<String> lastModified) {
  /** Facts of an asset that hold them. */
  private static final String URL = "http.url";

  private static final String ETAG = "http.etag";
  private static final String LAST_MODIFIED = "http.last-modified";

  /** Nothing known. */
  public static Validators none() {
    return new Validators("", Optional.empty(), Optional.empty());
  }

  /** Those that the facts of an asset hold. */
  public static Validators in(Map<String, String> facts) {
    return new Validators(
        facts.getOrDefault(URL, ""),
        Optional.ofNullable(facts.get(ETAG)),
        Optional.ofNullable(facts.get(LAST_MODIFIED)));
  }

  /** The same as facts of an asset. */
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put(URL, url);
    etag.ifPresent(value -> facts.put(ETAG, value));
    lastModified.ifPresent(value -> facts.put(LAST_MODIFIED, value));
    return facts;
  }

  /** Whether there is anything to ask by. */
  public boolean areKnown() {
    return etag.isPresent() || lastModified.isPresent();
  }

  /** Those of the same content after a server said that it is unchanged. */
  Validators renewed(Validators said) {
    return new Validators(url, said.etag.or(() -> etag), said.lastModified.or(() -> lastModified));
  }
}
