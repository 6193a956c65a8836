/**
 * Digital contracts (TC609-6-2025-14): negotiated in rounds whose history nobody can change, signed
 * by every party with a key that only it holds, immutable from then on, ended by term, agreement,
 * rule or abnormal stop. Makes no usage decision; it tells the enforcement points what holds. Start
 * with {@link dev.weir.space.contract.Negotiation}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.contract;
