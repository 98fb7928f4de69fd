// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.Locale;

/** What stands in the way of an item. The names are stable: they are stored and matched. */
public enum ItemError {
  EMPTY(Cause.INPUT),
  TRUNCATED(Cause.INPUT),
  CORRUPT(Cause.INPUT),
  NO_AUDIO_STREAM(Cause.INPUT),
  NO_VIDEO_STREAM(Cause.INPUT),
  ZERO_DURATION(Cause.INPUT),
  UNSUPPORTED_FORMAT(Cause.INPUT),
  UNSUPPORTED_FEATURE(Cause.INPUT),
  INVALID_ENCODING(Cause.INPUT),
  ENCRYPTED(Cause.INPUT),
  TEXT_LIMIT(Cause.LIMIT),
  BYTE_LIMIT(Cause.LIMIT),
  PIXEL_LIMIT(Cause.LIMIT),
  FRAME_LIMIT(Cause.LIMIT),
  TIME_LIMIT(Cause.LIMIT),
  /** What a child process may hold in memory. */
  MEMORY_LIMIT(Cause.LIMIT),
  /** What a child process may answer with. */
  OUTPUT_LIMIT(Cause.LIMIT),
  /** What packed content may grow to, or how deep it may be packed into itself. */
  EXPANSION_LIMIT(Cause.LIMIT),
  SOURCE_GONE(Cause.STORAGE),
  SOURCE_CHANGED(Cause.STORAGE),
  SOURCE_UNREADABLE(Cause.STORAGE),
  MALFORMED_ROW(Cause.INPUT),
  MISSING_FILE(Cause.INPUT),
  PATH_REFUSED(Cause.INPUT),
  /** What is no URL of http or https, or holds a password. */
  URL_REFUSED(Cause.INPUT),
  /** A URL that leads to an address which is no public one. */
  ADDRESS_REFUSED(Cause.LIMIT),
  REDIRECT_LIMIT(Cause.LIMIT),
  /** Whoever serves it says that machines may not learn from it. */
  OPTED_OUT(Cause.INPUT),
  /** A page of HTML where something else was asked for. */
  HTML_PAGE(Cause.INPUT),
  /** A server that is too busy to answer. */
  THROTTLED(Cause.STORAGE),
  /** A server that answers with a status which is none of success. */
  HTTP_ERROR(Cause.STORAGE),
  BLOB_MISSING(Cause.STORAGE),
  BAD_VECTOR(Cause.INTERNAL),
  OUT_OF_MEMORY(Cause.INTERNAL),
  /** The child process that read it ended without an answer. */
  DECODER_CRASHED(Cause.INTERNAL),
  INTERNAL(Cause.INTERNAL);

  /** Where an error comes from, which decides whether another attempt may end otherwise. */
  public enum Cause {
    /** The content itself: another attempt ends the same. */
    INPUT,
    /** A limit of this lake, which a setting moves. */
    LIMIT,
    /** What keeps the content. */
    STORAGE,
    /** The machine, or this program. */
    INTERNAL;

    /** As the tables hold it, in the column {@code error_class}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Cause cause;

  ItemError(Cause cause) {
    this.cause = cause;
  }

  /** Where it comes from. */
  public Cause cause() {
    return cause;
  }
}
