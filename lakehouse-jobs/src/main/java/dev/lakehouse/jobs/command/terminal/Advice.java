// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.watch.state.ItemState;
import dev.lakehouse.core.watch.state.LakeStatus;
import java.util.ArrayList;
import java.util.List;

/** What to type next, as a lake stands. */
public final class Advice {

  private Advice() {}

  /** Commands, the most useful first. */
  public static List<String> of(LakeStatus status, String lake) {
    List<String> commands = new ArrayList<>();
    if (status.unjudged() || isToBeComputed(status)) {
      commands.add("run");
    } else if (!status.next().isNothing() && status.next().fit() > 0) {
      commands.add("publish");
    } else if (status.current().isPresent()) {
      commands.add("search 'what you look for'");
    }
    if (status.count(ItemState.REVIEW) > 0) {
      commands.add("review list");
    }
    if (commands.isEmpty()) {
      status.reasons().stream()
          .findFirst()
          .ifPresent(most -> commands.add("status --reason " + most.reason()));
    }
    return commands.stream()
        .map(command -> "lakehouse %s --lake %s".formatted(command, quoted(lake)))
        .toList();
  }

  /** What is not measured, judged or embedded is the business of {@code run}. */
  private static boolean isToBeComputed(LakeStatus status) {
    return status.reasons().stream()
        .filter(reason -> reason.state().equals(ItemState.PENDING.word()))
        .anyMatch(reason -> !reason.reason().equals("NOT_PUBLISHED"));
  }

  private static String quoted(String lake) {
    return lake.matches("[A-Za-z0-9_./:@%+,=-]+") ? lake : "'" + lake.replace("'", "'\\''") + "'";
  }
}
