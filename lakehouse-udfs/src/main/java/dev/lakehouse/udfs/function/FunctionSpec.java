// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import java.io.Serializable;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A function as executors are told of it.
 *
 * @param factory name of the class
 * @param options that the user gave
 * @param input the columns that it sees, as Arrow writes schemas in JSON
 * @param output the columns that it declared, likewise
 * @param knobs how it is run
 */
record FunctionSpec(
    String factory, TreeMap<String, String> options, String input, String output, BatchKnobs knobs)
    implements Serializable {

  Schema inputSchema() {
    return BatchColumns.parse(input);
  }

  Schema outputSchema() {
    return BatchColumns.parse(output);
  }
}
