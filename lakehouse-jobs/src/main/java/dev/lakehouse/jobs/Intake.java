// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.connect.Source;
import dev.lakehouse.jobs.content.IngestOptions;

/**
 * A source and how to take it in.
 *
 * @param source where items come from
 * @param options how to ingest them
 */
public record Intake(Source source, IngestOptions options) {}
