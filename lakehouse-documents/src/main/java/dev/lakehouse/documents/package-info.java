/**
 * The program that reads documents, in a JVM and on a class path of its own: what a hostile file
 * does to it costs the answer to one question.
 *
 * <p>It is asked and answers in frames on its standard streams, which {@link
 * dev.lakehouse.documents.Main} describes; nothing else of the house is known here.
 *
 * <p>Start at {@link dev.lakehouse.documents.Main}, then {@link dev.lakehouse.documents.Reading}.
 */
@NullMarked
package dev.lakehouse.documents;

import org.jspecify.annotations.NullMarked;
