// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.Seq;

/** Plans {@link EmbedNode} as {@link EmbedExec}. */
public final class EmbedStrategy extends SparkStrategy {

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    return plan instanceof EmbedNode node
        ? SeqOf.list(
            List.of(new EmbedExec(node.embedding(), node.vector(), planLater(node.child()))))
        : SeqOf.list(List.of());
  }
}
