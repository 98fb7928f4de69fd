// SPDX-License-Identifier: Apache-2.0
/**
 * Tells speech in a sound by a network. Start at {@link
 * dev.lakehouse.core.bundle.speech.SpeechModel}, which names the network, and {@link
 * dev.lakehouse.core.bundle.speech.SpeechStream}, which hears.
 */
@NullMarked
package dev.lakehouse.core.bundle.speech;

import org.jspecify.annotations.NullMarked;
