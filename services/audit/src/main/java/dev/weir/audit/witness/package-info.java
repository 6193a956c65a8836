/**
 * A witness after <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>: a process of its
 * own, with its own key and directory, that cosigns a log's checkpoints as long as each extends the
 * one before, and refuses forks. It trusts the log for nothing and holds no leaf. Start with {@link
 * dev.weir.audit.witness.Witness}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.witness;
