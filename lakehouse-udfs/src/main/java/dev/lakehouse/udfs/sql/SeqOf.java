// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import java.util.ArrayList;
import java.util.List;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Lists as plans have them: unchangeable, and serializable. */
public final class SeqOf {

  private SeqOf() {}

  /** The elements of a list. */
  public static <T> Seq<T> list(List<? extends T> elements) {
    return JavaConverters.<T>asScalaBuffer(new ArrayList<T>(elements)).toList();
  }

  /** The same the other way round. */
  static <T> List<T> java(Seq<T> elements) {
    return JavaConverters.seqAsJavaList(elements);
  }

  /** Elements and one more. */
  static <T> Seq<T> and(Seq<T> elements, T last) {
    List<T> all = new ArrayList<>(java(elements));
    all.add(last);
    return list(all);
  }
}
