// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What this machine can put around a program: limits of memory and processor time by {@code
 * prlimit}, and by {@code setpriv} the end of the child when its parent ends. Both are of
 * util-linux; what is not there is left out, and {@link #words} says so.
 */
public final class Cage {
  private static final List<String> DIES_WITH_PARENT =
      List.of("setpriv", "--pdeathsig", "KILL", "--");

  private Cage() {}

  /** Tried once, when the first child starts. */
  private static final class Found {
    static final boolean DIES_WITH_PARENT = works(Cage.DIES_WITH_PARENT);
    static final boolean LIMITED = works(List.of("prlimit", "--core=0", "--"));
  }

  /** The words before those of a program. */
  static List<String> words(ChildLimits limits) {
    List<String> words = new ArrayList<>();
    if (Found.DIES_WITH_PARENT) {
      words.addAll(DIES_WITH_PARENT);
    }
    if (Found.LIMITED) {
      words.addAll(
          List.of(
              "prlimit",
              "--as=" + limits.memoryBytes(),
              // at the second it is killed, and at the first told so by a signal of its own
              "--cpu=%d:%d".formatted(limits.item().toSeconds(), limits.item().toSeconds() + 5),
              "--fsize=0", // whatever it writes goes through a pipe
              "--core=0",
              "--"));
    }
    return words;
  }

  /** What a child cannot be kept from here, for people; empty where nothing is missing. */
  public static List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!Found.LIMITED) {
      missing.add("prlimit (util-linux): nothing bounds the memory of decoders");
    }
    if (!Found.DIES_WITH_PARENT) {
      missing.add("setpriv (util-linux 2.33): a decoder may outlive an executor that is killed");
    }
    return missing;
  }

  private static boolean works(List<String> prefix) {
    List<String> words = new ArrayList<>(prefix);
    words.add("true");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false; // not installed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
