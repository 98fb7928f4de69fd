// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.embed.WarmPumps;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * What the pumps of an executor do, as metrics of Spark: {@code
 * spark.plugins=dev.lakehouse.udfs.embed.PumpMetrics}.
 *
 * <p>Sums since the executor started, in seconds where the name says so; a monitoring system makes
 * rates of them. They appear with every sink of Spark below {@code
 * plugin.dev.lakehouse.udfs.embed.PumpMetrics}.
 */
public final class PumpMetrics implements SparkPlugin {
  private static final double NANOS = 1e9;

  /** By name; of each the unit is in the name, or it is a count. */
  private static final Map<String, ToDoubleFunction<PumpFigures>> FIGURES =
      Map.ofEntries(
          Map.entry("items", PumpFigures::items),
          Map.entry("batches", PumpFigures::batches),
          Map.entry("positions", PumpFigures::cells),
          Map.entry("paddingPositions", PumpFigures::padding),
          Map.entry("batchesHalved", PumpFigures::halvings),
          Map.entry("threadsGivenUp", PumpFigures::givenUp),
          Map.entry("modelLoads", PumpFigures::loads),
          Map.entry("fetchSeconds", figures -> figures.fetchNanos() / NANOS),
          Map.entry("prepareSeconds", figures -> figures.prepareNanos() / NANOS),
          Map.entry("queueSeconds", figures -> figures.waitNanos() / NANOS),
          Map.entry("inferSeconds", figures -> figures.inferNanos() / NANOS),
          Map.entry("laneSeconds", figures -> figures.laneNanos() / NANOS),
          Map.entry("peakBytesInFlight", PumpFigures::peakBytes));

  @Override
  public @Nullable DriverPlugin driverPlugin() {
    return null; // which is how Spark wants to hear that there is none
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnExecutor implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
      MetricRegistry registry = context.metricRegistry();
      FIGURES.forEach(
          (name, figure) -> gauge(registry, name, () -> figure.applyAsDouble(WarmPumps.figures())));
      gauge(registry, "bytesInFlight", WarmPumps::bytesInFlight);
      gauge(registry, "nativeSessions", WarmEncoders::nativeSessions);
      gauge(registry, "modelBytes", WarmEncoders::bytes);
    }

    private static void gauge(MetricRegistry registry, String name, Supplier<Number> value) {
      registry.register(name, (Gauge<Number>) value::get);
    }
  }
}
