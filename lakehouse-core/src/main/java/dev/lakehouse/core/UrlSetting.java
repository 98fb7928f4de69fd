// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static dev.lakehouse.core.Setting.of;
import static dev.lakehouse.core.Setting.optional;

import java.util.List;

/** The settings of what is fetched from URLs. */
public final class UrlSetting {
  public static final Setting CONTACT =
      optional(
          "lakehouse.urls.contact",
          "mail address or page, told to every server, of whoever answers for what is fetched");
  public static final Setting PARALLEL =
      of("lakehouse.urls.parallel", "16", "URLs that a task fetches at once").between(1, 256);
  public static final Setting PER_HOST =
      of("lakehouse.urls.per-host", "4", "requests that an executor has at one host at once")
          .between(1, 256);
  public static final Setting HOST_DELAY =
      of(
              "lakehouse.urls.host-delay",
              "0",
              "milliseconds between the beginnings of two requests of an executor to one host")
          .between(0, 3_600_000);
  public static final Setting TRIES =
      of(
              "lakehouse.urls.tries",
              "4",
              "tries of one URL where the server is busy or the connection is lost")
          .between(1, 20);
  public static final Setting SECONDS =
      of(
              "lakehouse.urls.seconds",
              "300",
              "seconds that one URL may take, all its tries, redirects and waits together")
          .seconds();
  public static final Setting STALL_SECONDS =
      of("lakehouse.urls.stall-seconds", "20", "seconds in which a server may send nothing")
          .seconds();
  public static final Setting MAX_BYTES =
      of("lakehouse.urls.max-bytes", "1073741824", "bytes of one answer, unpacked").atLeast(1);
  public static final Setting REDIRECTS =
      of("lakehouse.urls.redirects", "5", "redirects that are followed for one URL").between(0, 50);
  public static final Setting PRIVATE =
      of(
          "lakehouse.urls.private",
          "none",
          "addresses that are no public ones and may be asked all the same: 10.1.2.3,fd00::/8; none"
              + " for none");

  /** All of them, in the order of the documentation. */
  static final List<Setting> ALL =
      List.of(
          CONTACT,
          PARALLEL,
          PER_HOST,
          HOST_DELAY,
          TRIES,
          SECONDS,
          STALL_SECONDS,
          MAX_BYTES,
          REDIRECTS,
          PRIVATE);

  private UrlSetting() {}
}
