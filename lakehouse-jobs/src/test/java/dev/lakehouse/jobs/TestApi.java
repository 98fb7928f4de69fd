// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/api.md} names what a program may rely on, all of it. */
class TestApi {
  private static final Pattern LISTED =
      Pattern.compile("^- `(dev\\.lakehouse[\\w.]+)`$", Pattern.MULTILINE);

  private static final Pattern OUTER = Pattern.compile("[a-z.]+[A-Z]\\w*");

  @Test
  void everyListedTypeIsThereAndPublic() throws IOException {
    assertThat(listed())
        .doesNotHaveDuplicates()
        .allSatisfy(
            name -> assertThat(Modifier.isPublic(type(name).getModifiers())).as(name).isTrue());
  }

  @Test
  void everyTypeInASignatureIsListed() throws IOException {
    List<String> listed = listed();
    Set<String> missing =
        listed.stream()
            .map(TestApi::type)
            .flatMap(TestApi::withPublicMembers)
            .flatMap(Signatures::named)
            .map(Class::getCanonicalName)
            .filter(
                name -> listed.stream().noneMatch(known -> (name + ".").startsWith(known + ".")))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(missing).as("public signatures name types that docs/api.md does not").isEmpty();
  }

  private static List<String> listed() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("lakehouse.home")).resolve("docs/api.md"));
    return LISTED.matcher(page).results().map(line -> line.group(1)).toList();
  }

  /** Types nest behind the first name with a capital. */
  private static Class<?> type(String name) {
    Matcher outer = OUTER.matcher(name);
    try {
      return Class.forName(
          outer.lookingAt() ? outer.group() + name.substring(outer.end()).replace('.', '$') : name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("docs/api.md lists %s, which is gone".formatted(name), e);
    }
  }

  private static Stream<Class<?>> withPublicMembers(Class<?> type) {
    return Stream.concat(
        Stream.of(type), Stream.of(type.getClasses()).flatMap(TestApi::withPublicMembers));
  }
}
