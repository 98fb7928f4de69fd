// SPDX-License-Identifier: Apache-2.0
/**
 * Answers over HTTP: searches, rows, contents and previews of the release that is current, and a
 * page to look at them. The one place that knows Javalin and Jetty.
 *
 * <p>Start at {@link dev.lakehouse.jobs.serve.Service}; {@code Routes} lists what can be asked, and
 * {@code OpenApi} tells it from the same list. What is answered from is {@link
 * dev.lakehouse.core.serve.CurrentRelease}.
 */
@NullMarked
package dev.lakehouse.jobs.serve;

import org.jspecify.annotations.NullMarked;
