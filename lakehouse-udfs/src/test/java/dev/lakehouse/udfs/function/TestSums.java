// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.udfs.embed.PumpSum;
import java.lang.reflect.Constructor;
import org.apache.spark.util.AccumulatorV2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sun.reflect.ReflectionFactory;

class TestSums {

  /** As Java makes an object whose fields it reads next, and Spark looks at it already. */
  @ParameterizedTest
  @ValueSource(classes = {PumpSum.class, BatchSum.class})
  void aSumWhoseFieldsAreNotReadYetIsZero(Class<?> type) throws Exception {
    Constructor<?> bare =
        ReflectionFactory.getReflectionFactory()
            .newConstructorForSerialization(type, Object.class.getConstructor());

    assertThat(((AccumulatorV2<?, ?>) bare.newInstance()).isZero()).isTrue();
  }
}
