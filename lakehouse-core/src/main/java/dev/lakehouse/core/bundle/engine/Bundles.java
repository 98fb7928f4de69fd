// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.EmbeddedFiles;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Variant;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds bundles: the embedded ones, and those in the models folder of a lake. */
public final class Bundles {
  /** The value of a family's setting that turns the family off. */
  public static final String NONE = "none";

  private Bundles() {}

  /** {@link #resolve(String, ModelsRoot)} for a root that needs no settings. */
  public static ModelBundle resolve(String name, String modelsRoot) {
    return resolve(name, ModelsRoot.at(modelsRoot));
  }

  /**
   * The bundle of a name: from the models folder, else the embedded one.
   *
   * @throws LakehouseException if there is none, or its {@code model.yaml} makes no sense
   */
  public static ModelBundle resolve(String name, ModelsRoot root) {
    try {
      return read(name, root);
    } catch (FileNotFoundException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.MODEL_UNAVAILABLE,
          "No model bundle '%s'%s: looked for %s, and there are %s. Import one with"
              + " 'lakehouse model import DIR --name %s'",
          name,
          Similar.near(name, names(root)).map(" (did you mean %s?)"::formatted).orElse(""),
          root + "/" + name + "/" + BundleFiles.MODEL_YAML,
          String.join(", ", names(root)),
          name);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read model bundle '%s': %s", name, e.getMessage());
    }
  }

  private static ModelBundle read(String name, ModelsRoot root) throws IOException {
    requireName(name);
    BundleFiles folder = root.folder(name);
    EmbeddedFiles embedded = EmbeddedFiles.ALL.get(name);
    try {
      return requireNamed(ModelBundle.read(folder), name);
    } catch (FileNotFoundException e) {
      if (embedded == null) {
        throw e;
      }
      return ModelBundle.read(embedded);
    }
  }

  private static void requireName(String name) {
    try {
      Checks.check(
          !name.contains("/") && !PinnedFile.requireInside(name).equals(NONE), "a plain name");
    } catch (IllegalArgumentException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Invalid model bundle '%s': expected the plain name of a bundle",
          name);
    }
  }

  private static ModelBundle requireNamed(ModelBundle bundle, String name) {
    if (!bundle.name().equals(name)) {
      throw LakehouseException.of(
          ErrorCode.MODEL_INVALID,
          "The bundle in %s calls itself '%s': expected '%s'. Name the folder as the bundle",
          bundle.place(),
          bundle.name(),
          name);
    }
    return bundle;
  }

  /**
   * Names of all bundles, in order. Which of them are sound, {@link #resolve} and {@link #verify}
   * say.
   */
  public static List<String> names(ModelsRoot root) {
    TreeSet<String> names = new TreeSet<>(EmbeddedFiles.ALL.keySet());
    try {
      names.addAll(folders(root));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return List.copyOf(names); // no models folder yet
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot list models in %s: %s", root, e.getMessage());
    }
    return List.copyOf(names);
  }

  private static List<String> folders(ModelsRoot root) throws IOException {
    List<String> found = new ArrayList<>();
    for (String name : BundleFiles.at(root.uri(), root.hadoop()).names()) {
      try (InputStream in = root.folder(name).open(BundleFiles.MODEL_YAML)) {
        found.add(name);
      } catch (FileNotFoundException e) {
        continue; // a folder of something else, or of an import that did not end
      }
    }
    return found;
  }

  /** Reads every byte of a bundle and compares. */
  public static List<FileCheck> verify(ModelBundle bundle) {
    return verify(bundle, bundle.contents());
  }

  /** Reads every byte of one further network of a bundle and compares. */
  public static List<FileCheck> verify(ModelBundle bundle, Variant variant) {
    return verify(bundle, variant.contents());
  }

  private static List<FileCheck> verify(ModelBundle bundle, List<PinnedFile> contents) {
    return contents.stream().map(content -> VerifiedFiles.check(bundle.files(), content)).toList();
  }
}
