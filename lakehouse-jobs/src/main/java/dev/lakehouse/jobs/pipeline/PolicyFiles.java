// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.lake.delta.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

  /** The word for the policy that comes with lakehouse, where a file could be named. */
  public static final String BUILT_IN = "built-in";

  /** Those of a lake. */
  public static PolicyFiles of(LakeLayout layout, Configuration hadoop) {
    return new PolicyFiles(layout.policies(), hadoop);
  }

  /** The policy of a name: {@link #BUILT_IN}, or a file of this machine. */
  public static Policy local(String name) {
    if (name.equals(BUILT_IN)) {
      return Policy.builtIn();
    }
    try {
      return Policy.parse(Files.readString(java.nio.file.Path.of(name)), name);
    } catch (IOException | InvalidPathException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * The policy in force: the file that the settings name, else what the lake keeps, else the
   * built-in one.
   */
  public Policy inForce(Settings settings, Kept kept) {
    return settings
        .find(Setting.POLICY)
        .map(this::named)
        .or(() -> kept.policy().map(this::kept))
        .orElseGet(Policy::builtIn);
  }

  private Policy kept(KeptPolicy policy) {
    return find(policy.digest())
        .or(
            () ->
                Optional.of(Policy.builtIn()).filter(each -> each.digest().equals(policy.digest())))
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.INTEGRITY,
                    "Cannot read the policy in force, %s: expected its text in %s/%s.yaml and found"
                        + " none, or another. Put the original file back, or give a policy with"
                        + " --policy FILE or --policy %s",
                    policy,
                    folder,
                    policy.digest(),
                    BUILT_IN));
  }

  /** The policy of a digest, if the lake has kept its text as it was. */
  public Optional<Policy> find(String digest) {
    Path file = new Path(folder, digest + ".yaml");
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(text)
          .filter(each -> Digests.sha256(each).equals(digest))
          .map(Policy::parse);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read policy %s: %s", file, e.getMessage());
    }
  }

  private Policy named(String file) {
    if (file.equals(BUILT_IN)) {
      return Policy.builtIn();
    }
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Policy.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static LakehouseException unreadable(String file, Exception e) {
    return LakehouseException.because(
        e,
        ErrorCode.CONFIG_INVALID,
        "Cannot read policy %s: %s. Name a file, or '%s'; conf/policy.yaml is a commented example",
        file,
        Hindrance.words(e),
        BUILT_IN);
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
