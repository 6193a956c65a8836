// Compiled for AVX-512-IFMA; reached only after the processor was asked. 4096 is 8^4: four passes of
// three stages each, on eight vectors at a time; the last pass transposes eight by eight.
#include "ifma.h"

namespace weir::ring {
namespace {

using namespace ifma;

constexpr size_t radix = 8;
constexpr size_t roots = radix - 1;

// Seven roots of one block, the same for all its vectors.
struct Same {
    const Factor *at;
    Vector operator[](size_t i) const { return Vector(at[i]); }
};

// Seven roots for each of eight neighbouring blocks.
struct Each {
    const uint64_t *at;
    Vector operator[](size_t i) const { return {load(at + i * 2 * width), load(at + (i * 2 + 1) * width)}; }
};

inline void rise(const Modulus &modulus, __m512i &x, __m512i &y, const Vector &root) {
    __m512i product = modulus.times(y, root);
    y = _mm512_sub_epi64(_mm512_add_epi64(x, modulus.twice), product);
    x = _mm512_add_epi64(x, product);
}

template <class Roots>
inline void rise_three(const Modulus &modulus, __m512i *v, Roots root) {
    Vector first = root[0];
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        rise(modulus, v[i], v[i + 4], first);
    }
#pragma GCC unroll 2
    for (size_t block = 0; block < 2; block++) {
        Vector second = root[1 + block];
        rise(modulus, v[4 * block], v[4 * block + 2], second);
        rise(modulus, v[4 * block + 1], v[4 * block + 3], second);
    }
#pragma GCC unroll 4
    for (size_t block = 0; block < 4; block++) {
        rise(modulus, v[2 * block], v[2 * block + 1], root[3 + block]);
    }
}

inline void fall(const Modulus &modulus, __m512i &x, __m512i &y, const Vector &root, __m512i offset) {
    __m512i difference = _mm512_add_epi64(_mm512_sub_epi64(x, y), offset);
    x = _mm512_add_epi64(x, y);
    y = modulus.times(difference, root);
}

// offset: a multiple of the prime that no value reaches; values at most double in a stage.
template <class Roots>
inline void fall_three(const Modulus &modulus, __m512i *v, Roots root, __m512i offset) {
#pragma GCC unroll 4
    for (size_t block = 0; block < 4; block++) {
        fall(modulus, v[2 * block], v[2 * block + 1], root[3 + block], offset);
    }
    offset = _mm512_slli_epi64(offset, 1);
#pragma GCC unroll 2
    for (size_t block = 0; block < 2; block++) {
        Vector second = root[1 + block];
        fall(modulus, v[4 * block], v[4 * block + 2], second, offset);
        fall(modulus, v[4 * block + 1], v[4 * block + 3], second, offset);
    }
    offset = _mm512_slli_epi64(offset, 1);
    Vector first = root[0];
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        fall(modulus, v[i], v[i + 4], first, offset);
    }
}

inline void transpose(__m512i *v) {
    __m512i a[8], b[8];
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        a[2 * i] = _mm512_unpacklo_epi64(v[2 * i], v[2 * i + 1]);
        a[2 * i + 1] = _mm512_unpackhi_epi64(v[2 * i], v[2 * i + 1]);
    }
#pragma GCC unroll 2
    for (size_t i = 0; i < 2; i++) {
        b[4 * i] = _mm512_shuffle_i64x2(a[4 * i], a[4 * i + 2], 0x88);
        b[4 * i + 1] = _mm512_shuffle_i64x2(a[4 * i + 1], a[4 * i + 3], 0x88);
        b[4 * i + 2] = _mm512_shuffle_i64x2(a[4 * i], a[4 * i + 2], 0xdd);
        b[4 * i + 3] = _mm512_shuffle_i64x2(a[4 * i + 1], a[4 * i + 3], 0xdd);
    }
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        v[i] = _mm512_shuffle_i64x2(b[i], b[i + 4], 0x88);
        v[i + 4] = _mm512_shuffle_i64x2(b[i], b[i + 4], 0xdd);
    }
}

template <class Work>
inline void eight(uint64_t *values, size_t stride, Work work) {
    __m512i v[radix];
#pragma GCC unroll 8
    for (size_t i = 0; i < radix; i++) {
        v[i] = load(values + i * stride);
    }
    work(v);
#pragma GCC unroll 8
    for (size_t i = 0; i < radix; i++) {
        store(values + i * stride, v[i]);
    }
}

template <bool lazy>
void rise_all(const Prime &prime, uint64_t *values) {
    Modulus modulus(prime);
    const Factor *root = prime.blocks;
    for (size_t blocks = 1; blocks < degree / width / radix; blocks *= radix) {
        size_t stride = degree / blocks / radix;
        for (size_t block = 0; block < blocks; block++, root += roots) {
            for (size_t i = 0; i < stride; i += width) {
                eight(values + block * stride * radix + i, stride, [&](__m512i *v) {
                    rise_three(modulus, v, Same{root});
                });
            }
        }
    }
    const uint64_t *vector = prime.vectors;
    for (size_t i = 0; i < degree; i += width * radix, root += roots, vector += roots * 2 * width) {
        eight(values + i, width, [&](__m512i *v) {
            rise_three(modulus, v, Same{root});
            transpose(v);
            rise_three(modulus, v, Each{vector});
            transpose(v);
            if (!lazy) {
#pragma GCC unroll 8
                for (size_t k = 0; k < radix; k++) {
                    v[k] = modulus.residue(modulus.below_twice(v[k]));
                }
            }
        });
    }
}

} // namespace

void forward(const Prime &prime, uint64_t *values) { rise_all<false>(prime, values); }

void forward_lazy(const Prime &prime, uint64_t *values) { rise_all<true>(prime, values); }

void inverse(const Prime &prime, uint64_t *values) {
    Modulus modulus(prime);
    __m512i offset = modulus.twice;
    const Factor *root = prime.inverse_blocks + 9 * roots; // the blocks of 64 coefficients
    const uint64_t *vector = prime.inverse_vectors;
    for (size_t i = 0; i < degree; i += width * radix, root += roots, vector += roots * 2 * width) {
        eight(values + i, width, [&](__m512i *v) {
            transpose(v);
            fall_three(modulus, v, Each{vector}, offset);
            transpose(v);
            fall_three(modulus, v, Same{root}, _mm512_slli_epi64(offset, 3));
        });
    }
    root = prime.inverse_blocks + roots;
    for (size_t block = 0; block < radix; block++, root += roots) {
        for (size_t i = 0; i < degree / radix / radix; i += width) {
            eight(values + block * (degree / radix) + i, degree / radix / radix, [&](__m512i *v) {
                fall_three(modulus, v, Same{root}, _mm512_slli_epi64(offset, 6));
            });
        }
    }
    Vector scale(prime.scale);
    for (size_t i = 0; i < degree / radix; i += width) {
        eight(values + i, degree / radix, [&](__m512i *v) {
            fall_three(modulus, v, Same{prime.inverse_blocks}, _mm512_slli_epi64(offset, 9));
#pragma GCC unroll 4
            for (size_t k = 0; k < 4; k++) {
                v[k] = modulus.residue(modulus.times(v[k], scale));
                v[k + 4] = modulus.residue(v[k + 4]); // its root carries the scale
            }
        });
    }
}

} // namespace weir::ring
