/**
 * The asker's side of encrypted questions, for a program that a model builder runs where it trusts
 * the machine: keys, questions, and what replies say. The secret key and everything that was
 * decrypted stay here; what leaves is a signed question of a size that says nothing about the
 * selection. Nothing here reaches into the service. Start with {@link
 * dev.weir.query.he.client.HiddenSums}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.he.client;
