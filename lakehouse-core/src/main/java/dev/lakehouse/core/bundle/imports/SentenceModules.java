// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.core.bundle.description.Checks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The modules that sentence-transformers strings together, as {@code modules.json} lists them: a
 * transformer, a pooling, dense layers, a normalisation. Any other is refused by name.
 */
final class SentenceModules {
  private static final String FILE = "modules.json";
  private static final Pattern KNOWN =
      Pattern.compile("Transformer( Pooling)?( Dense)*( Normalize)?");
  private static final String POOLING = "Pooling";

  private record Module(String type, String path) {}

  private final ExportFolder export;
  private final List<Module> modules;

  private SentenceModules(ExportFolder export, List<Module> modules) {
    this.export = export;
    this.modules = modules;
  }

  /** The modules of an export; none where it has no such file. */
  static SentenceModules read(ExportFolder export) throws IOException {
    List<Module> modules = new ArrayList<>();
    for (JsonNode module : export.json(FILE).orElse(MissingNode.getInstance())) {
      String type = module.path("type").asText();
      modules.add(
          new Module(
              type.substring(type.lastIndexOf('.') + 1),
              module.path("path").asText().replaceFirst("/+$", "")));
    }
    List<String> types = modules.stream().map(Module::type).toList();
    Checks.check(
        types.isEmpty() || KNOWN.matcher(String.join(" ", types)).matches(),
        "%s: the modules %s cannot be followed: expected Transformer, Pooling, Dense and Normalize,"
            + " in this order. Export the whole model as one network that gives sentence_embedding",
        FILE,
        types);
    return new SentenceModules(export, modules);
  }

  /** Whether the makers compare vectors of norm 1. */
  boolean normalises() {
    return modules.stream().anyMatch(module -> module.type().equals("Normalize"));
  }

  /** The pooling that is written down, if any is. */
  Optional<PoolingConfig> pooling() throws IOException {
    String path =
        modules.stream()
            .filter(module -> module.type().equals(POOLING))
            .map(Module::path)
            .findFirst()
            .orElse("1_Pooling");
    String file = path + "/config.json";
    return export.json(file).map(config -> new PoolingConfig(file, config));
  }

  /** Whether a module that pools was listed, with or without its file. */
  boolean pools() {
    return modules.stream().anyMatch(module -> module.type().equals(POOLING));
  }

  /** Whether there is a list at all. */
  boolean isEmpty() {
    return modules.isEmpty();
  }

  /** Folder of the transformer's own files, with a slash where it is not the export itself. */
  String transformer() {
    return modules.stream()
        .filter(module -> module.type().equals("Transformer") && !module.path().isEmpty())
        .map(module -> module.path() + "/")
        .findFirst()
        .orElse("");
  }

  /** Folders of the dense layers, in their order. */
  List<String> dense() {
    return modules.stream()
        .filter(module -> module.type().equals("Dense"))
        .map(Module::path)
        .toList();
  }
}
