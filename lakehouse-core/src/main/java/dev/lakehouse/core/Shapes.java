// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Instant;
import java.util.Map;

/**
 * Results as commands and reports show them: the components of their records in snake case, lists
 * and maps as they are, instants as ISO 8601, what is absent as null. docs/json.md has the shapes.
 */
public final class Shapes {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .setVisibility(PropertyAccessor.ALL, Visibility.NONE)
          .setVisibility(PropertyAccessor.FIELD, Visibility.ANY);

  private Shapes() {}

  /** A result as plain JSON. */
  public static Object of(Object result) {
    return MAPPER.valueToTree(result);
  }

  /** A result under a name. */
  public static Object of(String name, Object result) {
    return Map.of(name, of(result));
  }
}
