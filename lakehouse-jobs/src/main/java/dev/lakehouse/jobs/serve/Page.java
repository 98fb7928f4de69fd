// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page for people; it runs nothing that does not come from here. */
final class Page {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src"
          + " 'self' blob:; connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri"
          + " 'none'; frame-ancestors 'none'";

  private static final String BODY = "<body>";

  private final byte[] html;
  private final byte[] style = read("app.css");
  private final byte[] script = read("app.js");
  private final byte[] releases = read("releases.js");
  private final byte[] review = read("review.js");
  private final byte[] icon = read("icon.svg");

  /** A page that says whether there is something for reviewers. */
  Page(ServiceOptions.Reviewing reviewing) {
    String text = new String(read("index.html"), StandardCharsets.UTF_8);
    boolean isForReviewers = reviewing == ServiceOptions.Reviewing.ALLOWED;
    this.html =
        (isForReviewers ? text.replace(BODY, "<body data-review>") : text)
            .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(String name) {
    try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("No " + name + " beside the classes of the service");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void html(Exchange exchange) {
    exchange.context().header("Content-Security-Policy", POLICY);
    send(exchange, "text/html; charset=utf-8", html);
  }

  void style(Exchange exchange) {
    send(exchange, "text/css; charset=utf-8", style);
  }

  void script(Exchange exchange) {
    send(exchange, "text/javascript; charset=utf-8", script);
  }

  void releases(Exchange exchange) {
    send(exchange, "text/javascript; charset=utf-8", releases);
  }

  void review(Exchange exchange) {
    send(exchange, "text/javascript; charset=utf-8", review);
  }

  void icon(Exchange exchange) {
    send(exchange, "image/svg+xml", icon);
  }

  private static void send(Exchange exchange, String type, byte[] bytes) {
    exchange.context().header("Cache-Control", "no-cache");
    exchange.answer(type, bytes);
  }
}
