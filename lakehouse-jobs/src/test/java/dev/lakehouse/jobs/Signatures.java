// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.stream.Stream;

/** What the public face of a type names. */
final class Signatures {
  private static final String HOUSE = "dev.lakehouse.";

  private Signatures() {}

  /** Types of the house in what a type extends, in its public fields, constructors and methods. */
  static Stream<Class<?>> named(Class<?> type) {
    return Stream.of(
            Stream.of(type.getGenericInterfaces()),
            Stream.ofNullable(type.getGenericSuperclass()),
            Stream.ofNullable(type.getPermittedSubclasses()).flatMap(Stream::of),
            Stream.of(type.getFields()).map(Field::getGenericType),
            Stream.of(type.getConstructors()).flatMap(Signatures::takes),
            methods(type).flatMap(Signatures::takes),
            methods(type).map(Method::getGenericReturnType))
        .flatMap(types -> types)
        .flatMap(Signatures::classes)
        .filter(named -> named.getName().startsWith(HOUSE));
  }

  private static Stream<Method> methods(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> method.getDeclaringClass().getName().startsWith(HOUSE));
  }

  private static Stream<Type> takes(Executable method) {
    return Stream.concat(
        Stream.of(method.getGenericParameterTypes()), Stream.of(method.getGenericExceptionTypes()));
  }

  private static Stream<Class<?>> classes(Type type) {
    if (type instanceof Class<?> named) {
      return named.isArray() ? classes(named.getComponentType()) : Stream.of(named);
    }
    if (type instanceof ParameterizedType generic) {
      return Stream.concat(
          classes(generic.getRawType()),
          Stream.of(generic.getActualTypeArguments()).flatMap(Signatures::classes));
    }
    if (type instanceof GenericArrayType array) {
      return classes(array.getGenericComponentType());
    }
    return type instanceof WildcardType wild
        ? Stream.of(wild.getUpperBounds()).flatMap(Signatures::classes)
        : Stream.empty();
  }
}
