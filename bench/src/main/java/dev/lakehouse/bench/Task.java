// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

/**
 * What a process is to measure.
 *
 * @param workload what is embedded
 * @param rows how many
 * @param cores threads, or tasks at once
 * @param data inputs and models
 */
public record Task(Workload workload, int rows, int cores, BenchData data) {}
