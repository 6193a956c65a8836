package dev.weir.privacy.xof;

/**
 * The permutation Keccak-p[1600, 12] on 25 lanes held in local variables, two rounds a turn. Long
 * because it is unrolled, so that the state stays in registers. Constant-time.
 */
final class KeccakP {
  static final int LANES = 25;

  private static final long[] ROUND_CONSTANTS = {
    0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L,
    0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
    0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
  };

  private KeccakP() {}

  /**
   * @param s lane x + 5y at that index, shape [25]; replaced
   */
  static void permute12(long[] s) {
    long a0 = s[0];
    long a1 = s[1];
    long a2 = s[2];
    long a3 = s[3];
    long a4 = s[4];
    long a5 = s[5];
    long a6 = s[6];
    long a7 = s[7];
    long a8 = s[8];
    long a9 = s[9];
    long a10 = s[10];
    long a11 = s[11];
    long a12 = s[12];
    long a13 = s[13];
    long a14 = s[14];
    long a15 = s[15];
    long a16 = s[16];
    long a17 = s[17];
    long a18 = s[18];
    long a19 = s[19];
    long a20 = s[20];
    long a21 = s[21];
    long a22 = s[22];
    long a23 = s[23];
    long a24 = s[24];
    for (int round = 0; round < ROUND_CONSTANTS.length; round += 2) {
      long ec0 = a0 ^ a5 ^ a10 ^ a15 ^ a20;
      long ec1 = a1 ^ a6 ^ a11 ^ a16 ^ a21;
      long ec2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
      long ec3 = a3 ^ a8 ^ a13 ^ a18 ^ a23;
      long ec4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
      long ed0 = ec4 ^ Long.rotateLeft(ec1, 1);
      long ed1 = ec0 ^ Long.rotateLeft(ec2, 1);
      long ed2 = ec1 ^ Long.rotateLeft(ec3, 1);
      long ed3 = ec2 ^ Long.rotateLeft(ec4, 1);
      long ed4 = ec3 ^ Long.rotateLeft(ec0, 1);
      long eb0 = a0 ^ ed0;
      long eb1 = Long.rotateLeft(a6 ^ ed1, 44);
      long eb2 = Long.rotateLeft(a12 ^ ed2, 43);
      long eb3 = Long.rotateLeft(a18 ^ ed3, 21);
      long eb4 = Long.rotateLeft(a24 ^ ed4, 14);
      long e0 = eb0 ^ (~eb1 & eb2) ^ ROUND_CONSTANTS[round];
      long e1 = eb1 ^ (~eb2 & eb3);
      long e2 = eb2 ^ (~eb3 & eb4);
      long e3 = eb3 ^ (~eb4 & eb0);
      long e4 = eb4 ^ (~eb0 & eb1);
      eb0 = Long.rotateLeft(a3 ^ ed3, 28);
      eb1 = Long.rotateLeft(a9 ^ ed4, 20);
      eb2 = Long.rotateLeft(a10 ^ ed0, 3);
      eb3 = Long.rotateLeft(a16 ^ ed1, 45);
      eb4 = Long.rotateLeft(a22 ^ ed2, 61);
      long e5 = eb0 ^ (~eb1 & eb2);
      long e6 = eb1 ^ (~eb2 & eb3);
      long e7 = eb2 ^ (~eb3 & eb4);
      long e8 = eb3 ^ (~eb4 & eb0);
      long e9 = eb4 ^ (~eb0 & eb1);
      eb0 = Long.rotateLeft(a1 ^ ed1, 1);
      eb1 = Long.rotateLeft(a7 ^ ed2, 6);
      eb2 = Long.rotateLeft(a13 ^ ed3, 25);
      eb3 = Long.rotateLeft(a19 ^ ed4, 8);
      eb4 = Long.rotateLeft(a20 ^ ed0, 18);
      long e10 = eb0 ^ (~eb1 & eb2);
      long e11 = eb1 ^ (~eb2 & eb3);
      long e12 = eb2 ^ (~eb3 & eb4);
      long e13 = eb3 ^ (~eb4 & eb0);
      long e14 = eb4 ^ (~eb0 & eb1);
      eb0 = Long.rotateLeft(a4 ^ ed4, 27);
      eb1 = Long.rotateLeft(a5 ^ ed0, 36);
      eb2 = Long.rotateLeft(a11 ^ ed1, 10);
      eb3 = Long.rotateLeft(a17 ^ ed2, 15);
      eb4 = Long.rotateLeft(a23 ^ ed3, 56);
      long e15 = eb0 ^ (~eb1 & eb2);
      long e16 = eb1 ^ (~eb2 & eb3);
      long e17 = eb2 ^ (~eb3 & eb4);
      long e18 = eb3 ^ (~eb4 & eb0);
      long e19 = eb4 ^ (~eb0 & eb1);
      eb0 = Long.rotateLeft(a2 ^ ed2, 62);
      eb1 = Long.rotateLeft(a8 ^ ed3, 55);
      eb2 = Long.rotateLeft(a14 ^ ed4, 39);
      eb3 = Long.rotateLeft(a15 ^ ed0, 41);
      eb4 = Long.rotateLeft(a21 ^ ed1, 2);
      long e20 = eb0 ^ (~eb1 & eb2);
      long e21 = eb1 ^ (~eb2 & eb3);
      long e22 = eb2 ^ (~eb3 & eb4);
      long e23 = eb3 ^ (~eb4 & eb0);
      long e24 = eb4 ^ (~eb0 & eb1);
      long ac0 = e0 ^ e5 ^ e10 ^ e15 ^ e20;
      long ac1 = e1 ^ e6 ^ e11 ^ e16 ^ e21;
      long ac2 = e2 ^ e7 ^ e12 ^ e17 ^ e22;
      long ac3 = e3 ^ e8 ^ e13 ^ e18 ^ e23;
      long ac4 = e4 ^ e9 ^ e14 ^ e19 ^ e24;
      long ad0 = ac4 ^ Long.rotateLeft(ac1, 1);
      long ad1 = ac0 ^ Long.rotateLeft(ac2, 1);
      long ad2 = ac1 ^ Long.rotateLeft(ac3, 1);
      long ad3 = ac2 ^ Long.rotateLeft(ac4, 1);
      long ad4 = ac3 ^ Long.rotateLeft(ac0, 1);
      long ab0 = e0 ^ ad0;
      long ab1 = Long.rotateLeft(e6 ^ ad1, 44);
      long ab2 = Long.rotateLeft(e12 ^ ad2, 43);
      long ab3 = Long.rotateLeft(e18 ^ ad3, 21);
      long ab4 = Long.rotateLeft(e24 ^ ad4, 14);
      a0 = ab0 ^ (~ab1 & ab2) ^ ROUND_CONSTANTS[round + 1];
      a1 = ab1 ^ (~ab2 & ab3);
      a2 = ab2 ^ (~ab3 & ab4);
      a3 = ab3 ^ (~ab4 & ab0);
      a4 = ab4 ^ (~ab0 & ab1);
      ab0 = Long.rotateLeft(e3 ^ ad3, 28);
      ab1 = Long.rotateLeft(e9 ^ ad4, 20);
      ab2 = Long.rotateLeft(e10 ^ ad0, 3);
      ab3 = Long.rotateLeft(e16 ^ ad1, 45);
      ab4 = Long.rotateLeft(e22 ^ ad2, 61);
      a5 = ab0 ^ (~ab1 & ab2);
      a6 = ab1 ^ (~ab2 & ab3);
      a7 = ab2 ^ (~ab3 & ab4);
      a8 = ab3 ^ (~ab4 & ab0);
      a9 = ab4 ^ (~ab0 & ab1);
      ab0 = Long.rotateLeft(e1 ^ ad1, 1);
      ab1 = Long.rotateLeft(e7 ^ ad2, 6);
      ab2 = Long.rotateLeft(e13 ^ ad3, 25);
      ab3 = Long.rotateLeft(e19 ^ ad4, 8);
      ab4 = Long.rotateLeft(e20 ^ ad0, 18);
      a10 = ab0 ^ (~ab1 & ab2);
      a11 = ab1 ^ (~ab2 & ab3);
      a12 = ab2 ^ (~ab3 & ab4);
      a13 = ab3 ^ (~ab4 & ab0);
      a14 = ab4 ^ (~ab0 & ab1);
      ab0 = Long.rotateLeft(e4 ^ ad4, 27);
      ab1 = Long.rotateLeft(e5 ^ ad0, 36);
      ab2 = Long.rotateLeft(e11 ^ ad1, 10);
      ab3 = Long.rotateLeft(e17 ^ ad2, 15);
      ab4 = Long.rotateLeft(e23 ^ ad3, 56);
      a15 = ab0 ^ (~ab1 & ab2);
      a16 = ab1 ^ (~ab2 & ab3);
      a17 = ab2 ^ (~ab3 & ab4);
      a18 = ab3 ^ (~ab4 & ab0);
      a19 = ab4 ^ (~ab0 & ab1);
      ab0 = Long.rotateLeft(e2 ^ ad2, 62);
      ab1 = Long.rotateLeft(e8 ^ ad3, 55);
      ab2 = Long.rotateLeft(e14 ^ ad4, 39);
      ab3 = Long.rotateLeft(e15 ^ ad0, 41);
      ab4 = Long.rotateLeft(e21 ^ ad1, 2);
      a20 = ab0 ^ (~ab1 & ab2);
      a21 = ab1 ^ (~ab2 & ab3);
      a22 = ab2 ^ (~ab3 & ab4);
      a23 = ab3 ^ (~ab4 & ab0);
      a24 = ab4 ^ (~ab0 & ab1);
    }
    s[0] = a0;
    s[1] = a1;
    s[2] = a2;
    s[3] = a3;
    s[4] = a4;
    s[5] = a5;
    s[6] = a6;
    s[7] = a7;
    s[8] = a8;
    s[9] = a9;
    s[10] = a10;
    s[11] = a11;
    s[12] = a12;
    s[13] = a13;
    s[14] = a14;
    s[15] = a15;
    s[16] = a16;
    s[17] = a17;
    s[18] = a18;
    s[19] = a19;
    s[20] = a20;
    s[21] = a21;
    s[22] = a22;
    s[23] = a23;
    s[24] = a24;
  }
}
