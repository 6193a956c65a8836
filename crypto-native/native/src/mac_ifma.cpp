// Compiled for AVX-512-IFMA; reached only after the processor was asked.
#include "mac.h"
#include <immintrin.h>

namespace weir::mac {
namespace {

constexpr size_t width = 8; // words of a vector
constexpr size_t vectors = lanes / width;
constexpr size_t ahead = 2048; // bytes

__m512i load(const uint64_t *from) { return _mm512_loadu_si512(from); }

__m512i load(const uint32_t *from) {
    return _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
}

// All sixteen sums of a tile stay in registers while its terms stream past.
template <class Word>
void block(const Word *data, const uint64_t *selectors, size_t terms, uint64_t *sums) {
    __m512i low[2][vectors], high[2][vectors];
#pragma GCC unroll 2
    for (size_t poly = 0; poly < 2; poly++) {
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            low[poly][v] = load(sums + poly * 2 * lanes + v * width);
            high[poly][v] = load(sums + (poly * 2 + 1) * lanes + v * width);
        }
    }
    for (size_t k = 0; k < terms; k++, data += lanes, selectors += 2 * lanes) {
        // The hardware's own prefetch stops at every page: without this, a quarter slower.
        for (size_t line = 0; line < lanes * sizeof(Word); line += 64) {
            _mm_prefetch(reinterpret_cast<const char *>(data) + ahead + line, _MM_HINT_T0);
        }
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            __m512i word = load(data + v * width);
#pragma GCC unroll 2
            for (size_t poly = 0; poly < 2; poly++) {
                __m512i selector = load(selectors + poly * lanes + v * width);
                low[poly][v] = _mm512_madd52lo_epu64(low[poly][v], word, selector);
                high[poly][v] = _mm512_madd52hi_epu64(high[poly][v], word, selector);
            }
        }
    }
#pragma GCC unroll 2
    for (size_t poly = 0; poly < 2; poly++) {
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            _mm512_storeu_si512(sums + poly * 2 * lanes + v * width, low[poly][v]);
            _mm512_storeu_si512(sums + (poly * 2 + 1) * lanes + v * width, high[poly][v]);
        }
    }
}

} // namespace

template <>
Variant<uint32_t> ifma_variant() {
    return {block<uint32_t>, 52};
}

template <>
Variant<uint64_t> ifma_variant() {
    return {block<uint64_t>, 52};
}

} // namespace weir::mac
