// SPDX-License-Identifier: Apache-2.0
/**
 * One page that tells what a run did: what went in, what came out, and why not the rest. What is to
 * be told comes as plain values; the page needs no other file, reaches for nothing, and takes
 * whatever came from a source as text.
 *
 * <p>Start at {@link dev.lakehouse.core.watch.report.ReportPage}.
 */
@NullMarked
package dev.lakehouse.core.watch.report;

import org.jspecify.annotations.NullMarked;
