// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static dev.lakehouse.core.Setting.of;

import java.util.List;

/** The settings of the service. */
public final class ServeSetting {
  public static final Setting WORKERS =
      of("lakehouse.serve.workers", "auto", "requests worked on at once; auto: 4 for each core")
          .between(1, 1024);
  public static final Setting QUEUE =
      of(
              "lakehouse.serve.queue",
              "64",
              "requests that may wait for that; more are told to come again")
          .between(1, 100_000);
  public static final Setting DEADLINE_SECONDS =
      of("lakehouse.serve.deadline-seconds", "30", "seconds that an answer may take").seconds();
  public static final Setting MAX_BODY =
      of("lakehouse.serve.max-body", "33554432", "bytes of a picture or sound to look for")
          .between(1, 1 << 30);
  public static final Setting BODIES =
      of(
              "lakehouse.serve.bodies",
              "auto",
              "bytes of all bodies that are held at once, and of max-body at least; auto: an eighth"
                  + " of the heap")
          .between(1, 1L << 36);
  public static final Setting CONNECTIONS =
      of("lakehouse.serve.connections", "1000", "connections that are open at once")
          .between(1, 100_000);
  public static final Setting IDLE_SECONDS =
      of(
              "lakehouse.serve.idle-seconds",
              "30",
              "seconds in which a client may send or take nothing, or not finish asking")
          .seconds();
  public static final Setting RELEASE_SECONDS =
      of("lakehouse.serve.release-seconds", "5", "seconds between looks for a new release")
          .seconds();
  public static final Setting DRAIN_SECONDS =
      of("lakehouse.serve.drain-seconds", "10", "seconds that open answers may take at the end")
          .between(0, 12);
  public static final Setting CACHE =
      of(
              "lakehouse.serve.cache",
              "67108864",
              "bytes of answers that are kept for who asks the same again")
          .between(0, 1L << 36);

  /** All of them, in the order of the documentation. */
  static final List<Setting> ALL =
      List.of(
          WORKERS,
          QUEUE,
          DEADLINE_SECONDS,
          MAX_BODY,
          BODIES,
          CONNECTIONS,
          IDLE_SECONDS,
          RELEASE_SECONDS,
          DRAIN_SECONDS,
          CACHE);

  private ServeSetting() {}
}
