// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

/**
 * The right to use something warm until {@link #close}. Closing twice is closing once.
 *
 * @param <T> what is leased
 */
public interface Lease<T> extends AutoCloseable {

  /**
   * What is leased.
   *
   * @throws IllegalStateException after {@link #close}
   */
  T value();

  @Override
  void close();
}
