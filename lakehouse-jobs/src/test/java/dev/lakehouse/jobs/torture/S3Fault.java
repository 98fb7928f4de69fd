// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.jobs.torture.S3Request.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How an S3 server, or the way to it, goes wrong. */
@FunctionalInterface
public interface S3Fault {

  /** The server as it is, asked for once. */
  @FunctionalInterface
  interface Server {
    S3Reply ask() throws IOException;
  }

  /**
   * What the client gets.
   *
   * @return empty where the connection breaks instead
   */
  Optional<S3Reply> reply(S3Request request, Server server) throws IOException;

  /** Too many requests; nothing is done. */
  static S3Fault slowDown() {
    return refusal(503, "SlowDown", "Please reduce your request rate.");
  }

  /** Keys that were lent are over; nothing is done. */
  static S3Fault expiredToken() {
    return refusal(400, "ExpiredToken", "The provided token has expired.");
  }

  /** Somebody else is at the same key; nothing is done. */
  static S3Fault conflict() {
    return refusal(
        409, "ConditionalRequestConflict", "A conflicting operation occurred. Try again.");
  }

  /** Says so whatever the condition was; nothing is done. */
  static S3Fault preconditionFailed() {
    return refusal(412, "PreconditionFailed", "At least one of the pre-conditions did not hold.");
  }

  private static S3Fault refusal(int status, String code, String message) {
    return (request, server) -> Optional.of(S3Reply.refusal(status, code, message));
  }

  /** It is done, and the connection breaks before the answer. */
  static S3Fault lostAnswer() {
    return (request, server) -> {
      server.ask();
      return Optional.empty();
    };
  }

  /** One after the other. */
  static S3Fault inTurn(S3Fault... faults) {
    AtomicInteger next = new AtomicInteger();
    return (request, server) ->
        faults[next.getAndIncrement() % faults.length].reply(request, server);
  }

  /** A page of a listing that lacks its objects. */
  static S3Fault omittedPage() {
    return (request, server) -> Optional.of(server.ask().withText(Page.OBJECT::matcher, ""));
  }

  /** A page of a listing that has the objects of the page before once more. */
  static S3Fault repeatedPage() {
    return new Page();
  }

  /** Remembers pages, so that one can come again. */
  final class Page implements S3Fault {
    private static final Pattern OBJECT = Pattern.compile("(?s)<Contents>.*?</Contents>");
    private static final Pattern FIRST = Pattern.compile("<Contents>");
    private final Map<String, String> before = new HashMap<>();

    private Page() {}

    @Override
    public synchronized Optional<S3Reply> reply(S3Request request, Server server)
        throws IOException {
      S3Reply page = server.ask();
      if (request.kind() != Kind.LIST) {
        return Optional.of(page);
      }
      String listing = request.path() + request.parameter("prefix").orElse("");
      StringBuilder objects = new StringBuilder();
      for (Matcher found = OBJECT.matcher(page.text()); found.find(); ) {
        objects.append(found.group());
      }
      @Nullable String last = before.put(listing, objects.toString());
      boolean goesOn = request.parameter("continuation-token").isPresent();
      return Optional.of(
          last == null || !goesOn ? page : page.withFirst(FIRST::matcher, last + "<Contents>"));
    }
  }
}
