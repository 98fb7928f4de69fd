// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that platforms are given, with a mistake in them where a test wants one. */
final class PlatformFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z_.]+)}");

  private final UnaryOperator<String> edit;

  private PlatformFiles(UnaryOperator<String> edit) {
    this.edit = edit;
  }

  /** As they are. */
  static PlatformFiles asTheyAre() {
    return new PlatformFiles(text -> text);
  }

  /** With other words in the first place that has some. */
  static PlatformFiles with(String found, String planted) {
    return new PlatformFiles(
        text -> {
          if (!text.contains(found)) {
            throw new IllegalArgumentException("Nowhere in the file: " + found);
          }
          return text.replaceFirst(Pattern.quote(found), Matcher.quoteReplacement(planted));
        });
  }

  /** The text of a file of the project. */
  String text(String file) {
    try {
      return edit.apply(
          Files.readString(Path.of(System.getProperty("lakehouse.home")).resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one document in a JSON or YAML file. */
  JsonNode document(String file) {
    try {
      return (file.endsWith(".json") ? JSON : YAML).readTree(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a target makes of a bundle for Databricks: its variables are put in. */
  JsonNode bundle(String file, String target) {
    JsonNode bundle = document(file);
    Map<String, JsonNode> values = new HashMap<>();
    values.put("bundle.name", bundle.at("/bundle/name"));
    values.put("bundle.target", TextNode.valueOf(target));
    bundle
        .path("variables")
        .fields()
        .forEachRemaining(
            each -> {
              if (each.getValue().has("default")) {
                values.put("var." + each.getKey(), each.getValue().get("default"));
              }
            });
    bundle
        .path("targets")
        .path(target)
        .path("variables")
        .fields()
        .forEachRemaining(
            each -> {
              if (!bundle.path("variables").has(each.getKey())) {
                throw new AssertionError("Nobody declares the variable " + each.getKey());
              }
              values.put("var." + each.getKey(), each.getValue());
            });
    return resolved(bundle, values);
  }

  private static JsonNode resolved(JsonNode node, Map<String, JsonNode> values) {
    if (node.isObject()) {
      ObjectNode object = JSON.createObjectNode();
      node.fields()
          .forEachRemaining(
              each ->
                  object.set(
                      resolved(TextNode.valueOf(each.getKey()), values).asText(),
                      resolved(each.getValue(), values)));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      node.forEach(each -> array.add(resolved(each, values)));
      return array;
    }
    return node.isTextual() ? resolved(node.asText(), values) : node;
  }

  /** A value that is nothing but a reference keeps the type of its variable. */
  private static JsonNode resolved(String text, Map<String, JsonNode> values) {
    Matcher whole = REFERENCE.matcher(text);
    if (whole.matches()) {
      return value(whole.group(1), values);
    }
    return TextNode.valueOf(
        REFERENCE
            .matcher(text)
            .replaceAll(each -> Matcher.quoteReplacement(value(each.group(1), values).asText())));
  }

  private static JsonNode value(String name, Map<String, JsonNode> values) {
    if (!values.containsKey(name)) {
      throw new AssertionError("No value for the variable " + name);
    }
    return values.get(name);
  }

  /** The texts of a list, numbers among them as they are written. */
  static List<String> texts(JsonNode list) {
    return JSON.convertValue(
        list, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  /** The settings of a map. */
  static Map<String, String> settings(JsonNode map) {
    Map<String, String> settings = new HashMap<>();
    map.fields().forEachRemaining(each -> settings.put(each.getKey(), each.getValue().asText()));
    return settings;
  }
}
