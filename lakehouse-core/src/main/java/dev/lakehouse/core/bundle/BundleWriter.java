// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Puts a bundle into a models folder. {@code model.yaml} comes last, so that a bundle is there
 * whole or not at all.
 */
final class BundleWriter {

  private BundleWriter() {}

  /**
   * Writes a bundle.
   *
   * @param staging where its files are
   * @throws LakehouseException if another model has the name
   */
  static ModelBundle write(ModelYaml yaml, Path staging, ModelsRoot models) throws IOException {
    BundleFiles target = models.folder(yaml.name());
    try {
      return requireSame(yaml, ModelBundle.read(target));
    } catch (FileNotFoundException e) {
      Path description = staging.resolve(BundleFiles.MODEL_YAML);
      Files.writeString(description, yaml.text(), StandardCharsets.UTF_8);
      for (Content content : ModelBundle.read(new FolderFiles(staging)).contents()) {
        copy(staging, content.file(), target);
      }
      copy(staging, BundleFiles.MODEL_YAML, target);
      return ModelBundle.read(target);
    }
  }

  private static ModelBundle requireSame(ModelYaml yaml, ModelBundle present) {
    if (!present.digest().equals(yaml.digest())) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "A bundle named %s is already in %s, with digest %s; this one has %s. Choose another name"
              + " with --name, so that vectors of the former stay explained",
          yaml.name(),
          present.place(),
          present.digest(),
          yaml.digest());
    }
    return present;
  }

  private static void copy(Path staging, String file, BundleFiles target) throws IOException {
    try (OutputStream out = create(target, file)) {
      Files.copy(staging.resolve(file), out);
    }
  }

  private static OutputStream create(BundleFiles target, String file) throws IOException {
    if (target instanceof FolderFiles local) {
      Path path = local.root().resolve(file);
      Files.createDirectories(path.getParent());
      return Files.newOutputStream(path);
    }
    return ((RemoteFiles) target).create(file);
  }
}
