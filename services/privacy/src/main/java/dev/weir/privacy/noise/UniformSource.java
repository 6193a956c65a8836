package dev.weir.privacy.noise;

import java.math.BigInteger;

/**
 * Uniform integers. Both methods draw {@code 4·ceil(bits/32)} bytes, little-endian, drop the excess
 * bits of the last word and reject what is not below the bound, so that the long and the BigInteger
 * path of a sampler make the same draws from the same bytes.
 */
interface UniformSource {

  /**
   * @param bound at least 1
   * @return uniform in [0, bound)
   */
  long below(long bound);

  /**
   * @param bound at least 1
   * @return uniform in [0, bound)
   */
  BigInteger below(BigInteger bound);
}
