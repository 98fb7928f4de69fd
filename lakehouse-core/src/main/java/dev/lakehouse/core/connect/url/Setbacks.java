// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.UrlSetting;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a failure on the way to a server, or in the middle of an answer, means. */
final class Setbacks {

  private Setbacks() {}

  static FetchFailure of(IOException e, Url url, Deadline deadline) {
    if (e instanceof RefusedAddress) {
      return FetchFailure.lasting(
          ItemError.ADDRESS_REFUSED, "%s was not asked: %s".formatted(url, e.getMessage()));
    }
    if (deadline.isPassed()) {
      return FetchFailure.lasting(
          ItemError.TIME_LIMIT, "%s took longer than %s".formatted(url, UrlSetting.SECONDS.key()));
    }
    if (e instanceof SocketTimeoutException) {
      return FetchFailure.passing(
          ItemError.TIME_LIMIT,
          "%s sent nothing for %s".formatted(url, UrlSetting.STALL_SECONDS.key()));
    }
    if (e instanceof ZipException) {
      return FetchFailure.lasting(
          ItemError.CORRUPT, "%s is no gzip, as it says: %s".formatted(url, e.getMessage()));
    }
    if (e instanceof SSLPeerUnverifiedException || e instanceof SSLHandshakeException) {
      return FetchFailure.lasting(
          ItemError.SOURCE_UNREADABLE,
          "The certificate of %s is not trusted: %s".formatted(url, words(e)));
    }
    String what = e instanceof UnknownHostException ? "There is no host" : "Lost";
    return FetchFailure.passing(
        ItemError.SOURCE_UNREADABLE, "%s %s: %s".formatted(what, url, words(e)));
  }

  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
