// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A class that a user named, found. */
final class FunctionClass {
  private final Class<?> type;

  private FunctionClass(Class<?> type) {
    this.type = type;
  }

  /**
   * Looks a class up.
   *
   * @param place where the loader looks, for messages
   * @throws LakehouseException if it is not there or is not of the kind
   */
  static FunctionClass find(String name, ClassLoader loader, String place) {
    Class<?> type = load(name, loader, place);
    if (!BatchFunctionFactory.class.isAssignableFrom(type)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Class %s is no BatchFunctionFactory: %s", name, kind(type));
    }
    if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Class %s cannot be made: expected a public class that is not abstract",
          name);
    }
    return new FunctionClass(type);
  }

  private static Class<?> load(String name, ClassLoader loader, String place) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "There is no class %s in %s. Give its whole name, with $ before a nested class, and the"
              + " jar that holds it",
          name,
          place);
    } catch (LinkageError e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Class %s cannot be loaded from %s: %s. Give the jars that it needs too, and compile for"
              + " Java 17 or older",
          name,
          place,
          e);
    }
  }

  private static String kind(Class<?> type) {
    if (BatchFunction.class.isAssignableFrom(type)) {
      return "it is the function itself. Name the class that declares its output and makes it";
    }
    for (Class<?> each : type.getInterfaces()) {
      if (each.getName().equals(BatchFunctionFactory.class.getName())) {
        return "its jar has a copy of that interface. Leave the lakehouse's classes out of the jar";
      }
    }
    return "it does not implement " + BatchFunctionFactory.class.getName();
  }

  Class<?> type() {
    return type;
  }

  /**
   * Makes the factory; cheap, as its contract says.
   *
   * @throws LakehouseException if its constructor is missing or fails
   */
  BatchFunctionFactory create() {
    try {
      return (BatchFunctionFactory) type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Class %s cannot be made: it has no public constructor without arguments",
          type.getName());
    } catch (InvocationTargetException e) {
      Throwable cause = cause(e);
      throw LakehouseException.because(
          Retold.of(cause),
          ErrorCode.CONFIG_INVALID,
          "The constructor of class %s failed: %s",
          type.getName(),
          cause);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw LakehouseException.because(
          e, ErrorCode.CONFIG_INVALID, "Class %s cannot be made: %s", type.getName(), e);
    }
  }

  private static Throwable cause(InvocationTargetException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }

  /**
   * The columns that the function declares.
   *
   * @throws LakehouseException if it refuses the columns or options
   */
  Schema output(Schema input, Map<String, String> options) {
    BatchFunctionFactory factory = create();
    @Nullable Schema declared;
    try {
      declared = factory.output(input, Map.copyOf(options));
    } catch (Exception | LinkageError e) {
      throw LakehouseException.because(
          Retold.of(e),
          ErrorCode.CONFIG_INVALID,
          "Function %s refuses columns %s with options %s: %s",
          type.getName(),
          input,
          options,
          e);
    }
    if (declared == null) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Function %s declares no output but null", type.getName());
    }
    return declared;
  }
}
