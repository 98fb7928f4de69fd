// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.lance.FragmentMetadata;

/** The description of a fragment as bytes: it crosses from a task to the driver as a column. */
final class FragmentBytes {
  private static final ObjectInputFilter PLAIN =
      ObjectInputFilter.Config.createFilter("org.lance.**;java.lang.*;java.util.*;!*");

  private FragmentBytes() {}

  static byte[] of(FragmentMetadata fragment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(fragment);
    } catch (IOException e) {
      throw new IllegalStateException("A fragment's description cannot be serialised", e);
    }
    return bytes.toByteArray();
  }

  static FragmentMetadata fragment(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(PLAIN);
      return (FragmentMetadata) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalArgumentException("These bytes describe no fragment", e);
    }
  }
}
