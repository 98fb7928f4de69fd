// SPDX-License-Identifier: Apache-2.0
/**
 * Finds out what a run did, for its report: from the committed tables of a lake, as they are or as
 * they were when the run ended, without Spark. What can be counted is counted; what is shown is a
 * sample.
 *
 * <p>Start at {@link dev.lakehouse.core.watch.survey.RunSurvey}.
 */
@NullMarked
package dev.lakehouse.core.watch.survey;

import org.jspecify.annotations.NullMarked;
