// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

/**
 * One thing that is known of why an asset is published.
 *
 * @param subject release, asset, measurement, rule, judgement, duplicate or model
 * @param name of the thing
 * @param value what it says
 * @param meaning of the thing, for people
 */
public record Explained(String subject, String name, String value, String meaning) {}
