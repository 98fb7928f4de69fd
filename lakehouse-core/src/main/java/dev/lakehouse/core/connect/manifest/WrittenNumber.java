// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.math.BigDecimal;

/** A number of a JSON text, digit by digit as it stands there; also one that JSON does not know. */
public final class WrittenNumber extends ValueNode {
  private static final long serialVersionUID = 1L;

  /** Whole numbers of more digits are no ids that anybody counts. */
  private static final int MAX_DIGITS = 400;

  private final String text;

  public WrittenNumber(String text) {
    this.text = text;
  }

  /** Whether it is NaN, which Python writes for what is missing. */
  boolean isNaN() {
    return text.equals("NaN");
  }

  private boolean isFinite() {
    return Character.isDigit(text.charAt(text.length() - 1)); // not NaN, INF, -Infinity
  }

  /** The same text for equal numbers: 1, 1.0 and 1e0 are one id; no digit is lost. */
  public String id() {
    if (!isFinite()) {
      return text;
    }
    BigDecimal number = new BigDecimal(text);
    long scale = number.signum() == 0 ? 0 : number.stripTrailingZeros().scale();
    if (Math.abs(scale) > MAX_DIGITS) {
      return text;
    }
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  @Override
  public String asText() {
    return text;
  }

  @Override
  public JsonToken asToken() {
    return JsonToken.VALUE_NUMBER_FLOAT;
  }

  @Override
  public JsonNodeType getNodeType() {
    return JsonNodeType.NUMBER;
  }

  @Override
  public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
    if (isFinite()) {
      json.writeNumber(text);
    } else {
      json.writeString(text);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrittenNumber number && number.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
