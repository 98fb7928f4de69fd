// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.lake.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
      return Policy.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read policy %s: %s. conf/policy.yaml is a commented example",
          file,
          Hindrance.words(e));
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
      write(files, file, policy);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot keep policy %s: %s", file, Hindrance.words(e));
    }
  }

  private static void write(FileSystem files, Path file, Policy policy) throws IOException {
    try {
      new WholeFile(files, file).write(policy.text());
    } catch (IOException e) {
      if (!holds(files, file, policy)) { // else another run judges by the same policy
        throw e;
      }
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
