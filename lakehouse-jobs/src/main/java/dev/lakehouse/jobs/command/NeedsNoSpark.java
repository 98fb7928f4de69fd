// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A command that never starts Spark: the launcher starts it with fewer jars, in half the time. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface NeedsNoSpark {}
