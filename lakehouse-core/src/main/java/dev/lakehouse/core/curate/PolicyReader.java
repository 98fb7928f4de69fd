// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a policy's YAML and refuses whatever it does not understand. */
final class PolicyReader {
  private static final Set<String> POLICY_KEYS = Set.of("name", "rules", "keeper");
  private static final Set<String> RULE_KEYS =
      Set.of("name", "applies_to", "require", "severity", "reason");
  private static final Set<String> SCOPES = Set.of(Rule.ALL, "image", "text");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]*");

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private PolicyReader() {}

  static Policy read(String yaml) {
    JsonNode root = parse(yaml);
    requireKeys("policy", root, POLICY_KEYS);
    String name = root.path("name").asText("unnamed");
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Policy.CONTRACT_RULES.forEach(rule -> names.add(rule.name()));
    for (JsonNode node : root.path("rules")) {
      Rule rule = rule(node, rules.size() + 1);
      if (!names.add(rule.name())) {
        throw invalid("rule '%s' stands there twice, or is one of the contract", rule.name());
      }
      rules.add(rule);
    }
    return new Policy(name, rules, keepers(root), yaml);
  }

  private static JsonNode parse(String yaml) {
    try {
      JsonNode root = YAML.readTree(yaml);
      if (root == null || !root.isObject()) {
        throw invalid("expected keys %s but found no mapping", POLICY_KEYS);
      }
      return root;
    } catch (JsonProcessingException e) {
      throw LakehouseException.because(
          e, ErrorCode.CONFIG_INVALID, "Cannot read policy: %s", e.getMessage());
    }
  }

  private static List<String> keepers(JsonNode root) {
    if (!root.has("keeper")) {
      return Policy.KEEPER_ORDER;
    }
    List<String> words = new ArrayList<>();
    root.path("keeper").forEach(word -> words.add(word.asText()));
    return words;
  }

  private static Rule rule(JsonNode node, int position) {
    String where = "rule %d".formatted(position);
    requireKeys(where, node, RULE_KEYS);
    String name = field(where, node, "name");
    String scope = node.path("applies_to").asText(Rule.ALL);
    String reason = field(where, node, "reason");
    require(NAME.matcher(name).matches(), where, "name", name, "lower-case words joined by '-'");
    require(SCOPES.contains(scope), where, "applies_to", scope, "one of " + SCOPES);
    require(REASON.matcher(reason).matches(), where, "reason", reason, "UPPER_CASE_WORDS");
    return new Rule(name, scope, field(where, node, "require"), severity(where, node), reason);
  }

  private static Severity severity(String where, JsonNode node) {
    String word = field(where, node, "severity");
    for (Severity severity : Severity.values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(word)) {
        return severity;
      }
    }
    throw invalid("%s: severity '%s' is unknown; expected fail, review or warn", where, word);
  }

  private static String field(String where, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw invalid("%s lacks its '%s'", where, key);
    }
    return value.asText();
  }

  private static void requireKeys(String where, JsonNode node, Collection<String> known) {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key)) {
        throw invalid("%s has the unknown key '%s'; expected some of %s", where, key, known);
      }
    }
  }

  private static void require(
      boolean holds, String where, String key, String found, String expected) {
    if (!holds) {
      throw invalid("%s: %s '%s' must be %s", where, key, found, expected);
    }
  }

  private static LakehouseException invalid(String message, Object... args) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID, "Invalid policy: %s", message.formatted(args));
  }
}
