// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.YamlText;
import dev.lakehouse.core.asset.Modality;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a policy's YAML and refuses whatever it does not understand. */
final class PolicyReader {
  private static final Set<String> POLICY_KEYS = Set.of("name", "rules", "keeper");
  private static final Set<String> RULE_KEYS =
      Set.of("name", "applies_to", "require", "severity", "reason");
  private static final String EXAMPLE = "conf/policy.yaml is a commented example";
  private static final Set<String> SCOPES = scopes();
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]*");

  private final String what;

  /**
   * @param what the policy is, for people: {@code policy my.yaml}
   */
  PolicyReader(String what) {
    this.what = what;
  }

  private static Set<String> scopes() {
    Set<String> scopes = new TreeSet<>(Set.of(Rule.ALL));
    for (Modality modality : Modality.values()) {
      if (modality != Modality.TABLE && modality != Modality.UNKNOWN) {
        scopes.add(modality.word());
      }
    }
    return scopes;
  }

  Policy read(String yaml) {
    JsonNode root = YamlText.keys(yaml, what, EXAMPLE);
    requireKeys("it", root, POLICY_KEYS);
    if (!root.path("rules").isArray() && root.has("rules")) {
      throw invalid("'rules' holds no list; expected rules that begin with '- name:'");
    }
    String name = root.path("name").asText("unnamed");
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>(Contract.NAMES);
    for (JsonNode node : root.path("rules")) {
      Rule rule = rule(node, rules.size() + 1);
      if (!names.add(rule.name())) {
        throw invalid("rule '%s' stands there twice, or is one of the contract", rule.name());
      }
      rules.add(rule);
    }
    return new Policy(name, rules, keepers(root), yaml);
  }

  private List<String> keepers(JsonNode root) {
    if (!root.has("keeper")) {
      return Policy.KEEPER_ORDER;
    }
    List<String> words = new ArrayList<>();
    root.path("keeper").forEach(word -> words.add(word.asText()));
    return words;
  }

  private Rule rule(JsonNode node, int position) {
    String where = "rule %d".formatted(position);
    requireKeys(where, node, RULE_KEYS);
    String name = field(where, node, "name");
    String scope = node.path("applies_to").asText(Rule.ALL);
    String reason = field(where, node, "reason");
    require(NAME.matcher(name).matches(), where, "name", name, "lower-case words joined by '-'");
    require(SCOPES.contains(scope), where, "applies_to", scope, "one of " + sorted(SCOPES));
    require(REASON.matcher(reason).matches(), where, "reason", reason, "UPPER_CASE_WORDS");
    return new Rule(name, scope, field(where, node, "require"), severity(where, node), reason);
  }

  private Severity severity(String where, JsonNode node) {
    String word = field(where, node, "severity");
    for (Severity severity : Severity.values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(word)) {
        return severity;
      }
    }
    throw invalid("%s: severity '%s' is unknown; expected fail, review or warn", where, word);
  }

  private String field(String where, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw invalid("%s lacks its '%s'", where, key);
    }
    return value.asText();
  }

  private void requireKeys(String where, JsonNode node, Collection<String> known) {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key)) {
        throw invalid(
            "%s has the unknown key '%s'%s; expected some of %s",
            where, key, meant(key, known), sorted(known));
      }
    }
  }

  private static String meant(String word, Collection<String> known) {
    return Similar.near(word, known).map(near -> " (did you mean %s?)".formatted(near)).orElse("");
  }

  private static List<String> sorted(Collection<String> words) {
    return words.stream().sorted().toList();
  }

  private void require(boolean holds, String where, String key, String found, String expected) {
    if (!holds) {
      throw invalid("%s: %s '%s' must be %s", where, key, found, expected);
    }
  }

  private LakehouseException invalid(String message, Object... args) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID, "Invalid %s: %s. %s", what, message.formatted(args), EXAMPLE);
  }
}
