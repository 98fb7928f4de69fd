// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.curate.Policy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Texts of policies: those that people name, and those that a lake keeps under their digest.
 *
 * @param folder where the lake keeps them
 * @param hadoop settings of the storage
 */
public record PolicyFiles(String folder, Configuration hadoop) {

  /** The policy in force: the file that the settings name, else the built-in one. */
  public Policy inForce(Settings settings) {
    Optional<String> file = settings.find(Setting.POLICY);
    return file.isEmpty() ? Policy.builtIn() : named(file.get());
  }

  private Policy named(String file) {
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Policy.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read policy %s: %s. conf/policy.yaml is a commented example",
          file,
          e.getMessage());
    }
  }

  /** Keeps the text of a policy, so that a judgement can be repeated. */
  public void keep(Policy policy) {
    Path file = new Path(folder, policy.digest() + ".yaml");
    try {
      FileSystem files = file.getFileSystem(hadoop);
      if (holds(files, file, policy)) {
        return;
      }
      put(files, file, policy);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot keep policy %s: %s", file, e.getMessage());
    }
  }

  /** Whoever reads the file at the same time sees it whole, or not at all. */
  private void put(FileSystem files, Path file, Policy policy) throws IOException {
    Path draft = new Path(folder, "." + policy.digest() + "-" + UUID.randomUUID());
    try {
      try (OutputStream out = files.create(draft, false)) {
        out.write(policy.text().getBytes(StandardCharsets.UTF_8));
      }
      files.delete(file, false); // it held something else
      if (!files.rename(draft, file) && !holds(files, file, policy)) {
        throw new IOException("Cannot rename %s to %s".formatted(draft, file));
      }
    } finally {
      files.delete(draft, false);
    }
  }

  private static boolean holds(FileSystem files, Path file, Policy policy) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).equals(policy.text());
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
