/**
 * Exact samplers over the integers after Canonne, Kamath and Steinke, <a
 * href="https://arxiv.org/abs/2004.00010">The Discrete Gaussian for Differential Privacy</a>
 * (CKS20). Every probability is a ratio of integers or the exponential of one, reached by rejection
 * from uniform bits: the package contains no floating-point number, so the attack of Mironov 2012
 * has nothing to work on, and a test reads the sources to keep it so.
 *
 * <p>It never seeds itself: randomness comes from the {@link java.security.SecureRandom} that is
 * handed in. Running time depends on the draw; a caller that shows time to others pads it. Start
 * with {@link dev.weir.privacy.noise.DiscreteGaussian}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.privacy.noise;
