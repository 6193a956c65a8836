/**
 * What a transaction wants published, written in that transaction and sent afterwards, in order for
 * each key, at least once. It never sends anything that did not commit. Start with {@link
 * dev.weir.runtime.outbox.Outbox}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.outbox;
