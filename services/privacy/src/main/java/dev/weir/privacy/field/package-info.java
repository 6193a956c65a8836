/**
 * The prime fields of <a href="https://datatracker.ietf.org/doc/draft-irtf-cfrg-vdaf/">VDAF</a>,
 * their roots of unity, number theoretic transforms and Lagrange bases, as kernels over arrays of
 * {@code long}. Arithmetic is constant-time: no branch and no index depends on an element. Nothing
 * here draws randomness. Start with {@link dev.weir.privacy.field.Field}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.field;
