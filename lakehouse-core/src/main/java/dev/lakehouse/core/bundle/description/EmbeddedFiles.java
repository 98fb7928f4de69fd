// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle inside our own jar.
 *
 * @param name of the bundle
 * @param weights resource folder of everything but {@code model.yaml}
 */
public record EmbeddedFiles(String name, String weights) implements BundleFiles {
  private static final String HOME = "/dev/lakehouse/models/";

  /** The embedded bundles by name; the weights of minilm are the resources of a library. */
  public static final Map<String, EmbeddedFiles> ALL = embedded();

  private static Map<String, EmbeddedFiles> embedded() {
    Map<String, EmbeddedFiles> all = new LinkedHashMap<>();
    all.put("minilm", new EmbeddedFiles("minilm", "/"));
    all.put("shapes-clip", new EmbeddedFiles("shapes-clip", HOME + "shapes-clip/"));
    return Map.copyOf(all);
  }

  @Override
  public InputStream open(String file) throws IOException {
    String resource =
        file.equals(MODEL_YAML)
            ? HOME + name + "/" + MODEL_YAML
            : weights + PinnedFile.requireInside(file);
    InputStream found = EmbeddedFiles.class.getResourceAsStream(resource);
    if (found == null) {
      throw new FileNotFoundException("class path resource " + resource);
    }
    return found;
  }

  @Override
  public List<String> names() {
    return List.of(MODEL_YAML);
  }

  @Override
  public String place() {
    return "embedded:" + name;
  }

  @Override
  public Optional<Path> folder() {
    return Optional.empty();
  }
}
