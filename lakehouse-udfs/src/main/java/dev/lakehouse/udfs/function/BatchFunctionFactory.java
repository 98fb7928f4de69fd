// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The class that a user names: declares what comes out, and makes instances.
 *
 * <p>Public, with a public constructor without arguments, which has to be cheap: the driver calls
 * it too, to ask for the columns before anything runs. What is dear belongs to {@link #open}.
 */
public interface BatchFunctionFactory {

  /**
   * The columns that every batch will be answered with. Called on the driver; the place to refuse
   * columns or options that the function cannot work with.
   *
   * @param input the columns that the function will see
   * @param options that the user gave
   */
  Schema output(Schema input, Map<String, String> options);

  /**
   * Makes an instance. Called on executors, once for each instance.
   *
   * @throws Exception to fail the task, which Spark may try again
   */
  BatchFunction open(BatchContext context) throws Exception;
}
