// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A bundle in a folder of this machine. */
public record FolderFiles(Path root) implements BundleFiles {

  @Override
  public InputStream open(String file) throws IOException {
    return Files.newInputStream(inside(file));
  }

  /** The real file of a name, which neither {@code ..} nor a link may lead out of the folder. */
  Path inside(String file) throws IOException {
    Path found = root.resolve(PinnedFile.requireInside(file));
    if (!Files.isRegularFile(found)) {
      throw new FileNotFoundException(found.toString());
    }
    Path real = found.toRealPath();
    if (!real.startsWith(root.toRealPath())) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Refused %s: it is a link to %s, outside the bundle. Put a copy of the file in its place"
              + " (cp -L)",
          found,
          real);
    }
    return real;
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children.map(child -> String.valueOf(child.getFileName())).sorted().toList();
    }
  }

  @Override
  public String place() {
    return root.toString();
  }

  @Override
  public Optional<Path> folder() {
    return Optional.of(root);
  }
}
