// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import io.javalin.http.HandlerType;
import java.util.List;

/**
 * Something that can be asked.
 *
 * @param method of HTTP
 * @param path with names in braces
 * @param id name for programs
 * @param summary for people
 * @param parameters in path and query
 * @param takes media types of bodies; none where there is no body
 * @param gives media types of answers
 * @param access who may ask
 * @param answering what is done
 */
record Route(
    HandlerType method,
    String path,
    String id,
    String summary,
    List<Parameter> parameters,
    List<String> takes,
    List<String> gives,
    Access access,
    Answering answering) {

  /** Who may ask. */
  enum Access {
    /** Anybody: it says nothing of what is published. */
    OPEN,
    /** Who passes the {@link Gate}. */
    GUARDED,
    /** The same, once there is a release that can answer. */
    RELEASED
  }

  /** A part of a request. */
  record Parameter(String name, String in, String type, String meaning) {
    static Parameter path(String name, String meaning) {
      return new Parameter(name, "path", "string", meaning);
    }

    static Parameter query(String name, String type, String meaning) {
      return new Parameter(name, "query", type, meaning);
    }
  }

  /** Answers a request. */
  @FunctionalInterface
  interface Answering {
    void answer(Exchange exchange) throws Exception;
  }
}
