// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML that people write: no key stands there twice, and a mistake is told with its line. */
public final class YamlText {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private YamlText() {}

  /**
   * The keys of a text; none where it is empty.
   *
   * @param text the YAML
   * @param what it is, for people: {@code policy my.yaml}
   * @param remedy what to do where it makes no sense
   * @throws LakehouseException CONFIG_INVALID if it is no YAML, or holds no keys
   */
  public static JsonNode keys(String text, String what, String remedy) {
    try {
      JsonNode root = YAML.readTree(text);
      if (root == null || root.isMissingNode() || root.isNull()) {
        return YAML.createObjectNode();
      }
      if (!root.isObject()) {
        throw unreadable(null, what, "expected 'key: value' lines but found " + kind(root), remedy);
      }
      return root;
    } catch (JsonProcessingException e) {
      throw unreadable(e, what + line(e), problem(e), remedy);
    }
  }

  private static LakehouseException unreadable(
      @org.jspecify.annotations.Nullable Exception cause, String what, String why, String remedy) {
    return LakehouseException.because(
        cause, ErrorCode.CONFIG_INVALID, "Cannot read %s: %s. %s", what, why, remedy);
  }

  private static String kind(JsonNode node) {
    return node.isArray() ? "a list" : "'%s'".formatted(node.asText());
  }

  private static String line(JsonProcessingException e) {
    Optional<Integer> marked = mark(e).map(mark -> mark.getLine() + 1);
    return marked
        .or(() -> Optional.ofNullable(e.getLocation()).map(JsonLocation::getLineNr))
        .map(", line %d"::formatted)
        .orElse("");
  }

  private static Optional<Mark> mark(JsonProcessingException e) {
    return e.getCause() instanceof MarkedYAMLException marked
        ? Optional.ofNullable(marked.getProblemMark())
        : Optional.empty();
  }

  private static String problem(JsonProcessingException e) {
    String problem =
        e.getCause() instanceof MarkedYAMLException marked
            ? marked.getProblem()
            : e.getOriginalMessage();
    return String.valueOf(problem)
        .replace("<stream end>", "the end of the file")
        .replaceFirst("^Duplicate field '(.*)'$", "the key '$1' stands there twice");
  }
}
