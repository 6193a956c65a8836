/**
 * The presentation language of TLS (RFC 8446 §3) as DAP uses it: big-endian numbers, vectors with a
 * length in bytes before them. Reading trusts nothing: a length is held against the bytes that are
 * there before anything is allocated. Start with {@link dev.weir.dap.wire.WireReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.wire;
