// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

/** Input that cannot be taken as it is; becomes an outcome row with the code. */
public final class CodecException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. The names are stable: they are stored and matched. */
  public enum Code {
    EMPTY("input"),
    TRUNCATED("input"),
    CORRUPT("input"),
    UNSUPPORTED_FORMAT("input"),
    UNSUPPORTED_FEATURE("input"),
    INVALID_ENCODING("input"),
    TEXT_LIMIT("limit"),
    BYTE_LIMIT("limit"),
    PIXEL_LIMIT("limit"),
    FRAME_LIMIT("limit"),
    TIME_LIMIT("limit"),
    SOURCE_GONE("storage"),
    SOURCE_CHANGED("storage"),
    SOURCE_UNREADABLE("storage"),
    MALFORMED_ROW("input"),
    MISSING_FILE("input"),
    PATH_REFUSED("input"),
    BLOB_MISSING("storage"),
    BAD_VECTOR("internal"),
    OUT_OF_MEMORY("internal"),
    INTERNAL("internal");

    private final String errorClass;

    Code(String errorClass) {
      this.errorClass = errorClass;
    }

    /** input: the content itself; storage, limit or internal: another attempt may end otherwise. */
    public String errorClass() {
      return errorClass;
    }
  }

  private final Code code;

  public CodecException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public CodecException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The stable code. */
  public Code code() {
    return code;
  }
}
