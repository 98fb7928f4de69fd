// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.LinkedHashSet;
import java.util.Set;

/** The open sessions of a pump and the figures of the closed ones; guarded by the line's lock. */
final class Roster<I, O> {
  private final int lanes;
  private final Budget budget;
  private final Set<Session<I, O>> sessions = new LinkedHashSet<>();
  private PumpFigures closed = PumpFigures.NONE;
  private long sharedAt;

  Roster(int lanes, Budget budget) {
    this.lanes = lanes;
    this.budget = budget;
  }

  void add(Session<I, O> session, long now) {
    shareTime(now);
    sessions.add(session);
  }

  void remove(Session<I, O> session, long now) {
    closed = closed.plus(figures(session, now));
    sessions.remove(session);
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  int size() {
    return sessions.size();
  }

  /** Whether a session may submit something without being given anything first. */
  boolean maySubmit() {
    for (Session<I, O> session : sessions) {
      boolean waits = session.waiting && !session.oldestIsSettled(); // else it is about to wake
      if (!waits && !session.finished) {
        return true;
      }
    }
    return false;
  }

  PumpFigures figures(Session<I, O> session, long now) {
    shareTime(now);
    return session.tally.figures(budget.peak());
  }

  PumpFigures figures(long now) {
    PumpFigures all = closed;
    for (Session<I, O> session : sessions) {
      all = all.plus(figures(session, now));
    }
    return all;
  }

  /** Gives each session its part of the time that lanes were there for them. */
  private void shareTime(long now) {
    long nanos = (now - sharedAt) * lanes;
    sharedAt = now;
    sessions.forEach(session -> session.tally.laneTime(nanos / sessions.size()));
  }
}
