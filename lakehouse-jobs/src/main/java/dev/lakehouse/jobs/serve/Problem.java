// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Why a request was not answered, as RFC 9457 has it.
 *
 * @param status of HTTP
 * @param code of the house, or empty
 * @param detail the sentence for people
 */
record Problem(int status, String code, String detail) {
  static final String TYPE = "application/problem+json";

  /** Where it was is nothing for whoever asks. */
  static final String HAS_GONE =
      "The file of this asset is gone or has changed. 'lakehouse audit' tells whoever runs the service"
          + " which";

  private static final List<ItemError> GONE =
      List.of(ItemError.BLOB_MISSING, ItemError.SOURCE_GONE, ItemError.SOURCE_CHANGED);

  /** What to say of whatever was thrown. */
  static Problem of(Throwable thrown) {
    if (thrown instanceof Refusal refusal) {
      return new Problem(refusal.status(), "", String.valueOf(refusal.getMessage()));
    }
    if (thrown instanceof LakehouseException known) {
      return new Problem(
          status(known.code()), known.code().name(), String.valueOf(known.getMessage()));
    }
    if (thrown instanceof ItemException item) {
      return GONE.contains(item.code())
          ? new Problem(410, item.code().name(), HAS_GONE)
          : new Problem(422, item.code().name(), String.valueOf(item.getMessage()));
    }
    if (thrown instanceof BadMessageException bad) {
      return new Problem(bad.getCode(), "", String.valueOf(bad.getReason()));
    }
    return new Problem(
        500,
        ErrorCode.UNEXPECTED.name(),
        "Unexpected %s: %s. Ask again; if that does not help, tell whoever runs the service"
            .formatted(thrown.getClass().getSimpleName(), Hindrance.words(thrown)));
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case CONFIG_INVALID -> 400;
      case LAKE_MISSING, MODEL_UNAVAILABLE, TRANSIENT, COMMIT_CONFLICT, DECODER_UNAVAILABLE -> 503;
      default -> 500;
    };
  }

  /** {@code {"type", "title", "status", "detail", "code", "trace_id"}}. */
  Map<String, Object> toJson(Trace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "about:blank");
    json.put("title", String.valueOf(HttpStatus.getMessage(status)));
    json.put("status", status);
    json.put("detail", detail);
    if (!code.isEmpty()) {
      json.put("code", code);
    }
    json.put("trace_id", trace.traceId());
    return json;
  }
}
