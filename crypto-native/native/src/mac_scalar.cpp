#include "mac.h"

namespace weir::mac {
namespace {

// Products below 2^64: their halves are added up apart, which any compiler turns into vectors.
void narrow(const uint32_t *data, const uint64_t *selectors, size_t terms, uint64_t *sums) {
    for (size_t poly = 0; poly < 2; poly++) {
        uint64_t *low = sums + poly * 2 * lanes;
        uint64_t *high = low + lanes;
        const uint32_t *word = data;
        const uint64_t *selector = selectors + poly * lanes;
        for (size_t k = 0; k < terms; k++, word += lanes, selector += 2 * lanes) {
            for (size_t j = 0; j < lanes; j++) {
                uint64_t product = static_cast<uint64_t>(word[j]) * static_cast<uint32_t>(selector[j]);
                low[j] += static_cast<uint32_t>(product);
                high[j] += product >> 32;
            }
        }
    }
}

// Four sums of 128 bits in registers at a time.
void wide(const uint64_t *data, const uint64_t *selectors, size_t terms, uint64_t *sums) {
    using u128 = unsigned __int128;
    constexpr size_t together = 4;
    for (size_t poly = 0; poly < 2; poly++) {
        uint64_t *low = sums + poly * 2 * lanes;
        uint64_t *high = low + lanes;
        for (size_t j = 0; j < lanes; j += together) {
            u128 sum[together];
            for (size_t i = 0; i < together; i++) {
                sum[i] = (static_cast<u128>(high[j + i]) << 64) | low[j + i];
            }
            const uint64_t *word = data + j;
            const uint64_t *selector = selectors + poly * lanes + j;
            for (size_t k = 0; k < terms; k++, word += lanes, selector += 2 * lanes) {
                for (size_t i = 0; i < together; i++) {
                    sum[i] += static_cast<u128>(word[i]) * selector[i];
                }
            }
            for (size_t i = 0; i < together; i++) {
                low[j + i] = static_cast<uint64_t>(sum[i]);
                high[j + i] = static_cast<uint64_t>(sum[i] >> 64);
            }
        }
    }
}

} // namespace

template <>
Variant<uint32_t> scalar_variant() {
    return {narrow, 32};
}

template <>
Variant<uint64_t> scalar_variant() {
    return {wide, 64};
}

} // namespace weir::mac
