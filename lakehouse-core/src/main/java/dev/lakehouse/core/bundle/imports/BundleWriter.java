// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.FolderFiles;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelYaml;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.RemoteFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts a bundle into a models folder. {@code model.yaml} comes last, so that a bundle is there
 * whole or not at all.
 */
final class BundleWriter {

  private BundleWriter() {}

  /**
   * Writes a bundle; one that is there already gets the variants that it lacks.
   *
   * @param staging where its files are
   * @throws LakehouseException if another model has the name
   * @throws IllegalArgumentException if a variant is there with other bytes
   */
  static ModelBundle write(ModelYaml yaml, Path staging, ModelsRoot models) throws IOException {
    BundleFiles target = models.folder(yaml.name());
    try {
      return extend(requireSame(yaml, ModelBundle.read(target)), yaml, staging, target);
    } catch (FileNotFoundException e) {
      return write(yaml, List.of(), staging, target);
    }
  }

  private static ModelBundle extend(
      ModelBundle present, ModelYaml yaml, Path staging, BundleFiles target) throws IOException {
    ModelYaml extended = present.yaml().extendedBy(yaml);
    return extended.equals(present.yaml())
        ? present
        : write(extended, present.contents(), staging, target);
  }

  private static ModelBundle write(
      ModelYaml yaml, List<PinnedFile> present, Path staging, BundleFiles target)
      throws IOException {
    Path description = staging.resolve(BundleFiles.MODEL_YAML);
    Files.writeString(description, yaml.text(), StandardCharsets.UTF_8);
    for (PinnedFile content : ModelBundle.read(new FolderFiles(staging)).contents()) {
      if (!present.contains(content)) {
        requireFree(content, present);
        copy(staging, content.file(), target);
      }
    }
    replace(staging, target);
    return ModelBundle.read(target);
  }

  private static void requireFree(PinnedFile content, List<PinnedFile> present) {
    Checks.check(
        present.stream().noneMatch(other -> other.file().equals(content.file())),
        "the bundle has a file %s already, with other bytes. Choose another name with --name",
        content.file());
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

  /** What was read until now stays readable until the new description is there whole. */
  private static void replace(Path staging, BundleFiles target) throws IOException {
    if (target instanceof FolderFiles local) {
      Path whole = local.root().resolve(BundleFiles.MODEL_YAML + ".new");
      Files.createDirectories(local.root());
      Files.copy(staging.resolve(BundleFiles.MODEL_YAML), whole, REPLACE_EXISTING);
      Files.move(whole, local.root().resolve(BundleFiles.MODEL_YAML), ATOMIC_MOVE);
    } else {
      copy(staging, BundleFiles.MODEL_YAML, target);
    }
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
