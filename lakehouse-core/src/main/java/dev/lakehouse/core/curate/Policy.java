// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A quality policy: rules over measurements, and who is kept of several duplicates.
 *
 * <p>Its digest is that of its text, comments included: what is recorded is what was read.
 */
public final class Policy {

  /** Words that {@code keeper:} may hold, strongest first where a policy says nothing. */
  public static final List<String> KEEPER_ORDER =
      List.of("name-agrees", "more-content", "earliest-seen", "smallest-asset-id");

  private static final String RESOURCE = "/dev/lakehouse/policy.yaml";

  private final String name;
  private final List<Rule> rules;
  private final List<String> keeperOrder;
  private final String text;

  Policy(String name, List<Rule> rules, List<String> keeperOrder, String text) {
    this.name = name;
    this.rules = List.copyOf(rules);
    this.keeperOrder = List.copyOf(keeperOrder);
    this.text = text;
    requireKnownKeepers();
  }

  /** The policy that is in force where nobody names another: {@code conf/policy.yaml}. */
  public static Policy builtIn() {
    try (InputStream in = Policy.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("This build lacks its resource " + RESOURCE);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a policy.
   *
   * @throws LakehouseException naming what is wrong and where
   */
  public static Policy parse(String yaml) {
    return new PolicyReader("policy").read(yaml);
  }

  /**
   * Reads a policy of a file.
   *
   * @param file for people, where something is wrong with it
   * @throws LakehouseException naming the file, what is wrong and where
   */
  public static Policy parse(String yaml, String file) {
    return new PolicyReader("policy " + file).read(yaml);
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** Its own rules, without those of the contract, in the order of its text. */
  public List<Rule> rules() {
    return rules;
  }

  /** What makes one of several duplicates the one to keep; a total order. */
  public List<String> keeperOrder() {
    return keeperOrder;
  }

  /** The text that it was read from. */
  public String text() {
    return text;
  }

  /** SHA-256 of its text. */
  public String digest() {
    return Digests.sha256(text);
  }

  private void requireKnownKeepers() {
    for (String word : keeperOrder) {
      if (!KEEPER_ORDER.contains(word)) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Policy %s: keeper '%s' is unknown; expected some of %s",
            name,
            word,
            KEEPER_ORDER);
      }
    }
    if (Set.copyOf(keeperOrder).size() != keeperOrder.size()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Policy %s names a keeper twice: %s", name, keeperOrder);
    }
  }
}
