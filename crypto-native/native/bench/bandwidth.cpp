#include "clock.h"
#include "peers.h"
#include "tiles.h"

namespace weir::bench {
namespace {

#if defined(__x86_64__)
__attribute__((target_clones("avx512f", "avx2", "default")))
#endif
uint64_t
mixed(const uint64_t *words, size_t count) {
    constexpr size_t together = 32;
    uint64_t sums[together] = {};
    for (size_t i = 0; i < count; i += together) {
        for (size_t j = 0; j < together; j++) {
            sums[j] += words[i + j];
        }
    }
    uint64_t sum = 0;
    for (uint64_t one : sums) {
        sum ^= one;
    }
    return sum;
}

} // namespace

void bandwidth(bool quick, const Report &report) {
    size_t bytes = size_t{1} << (quick ? 28 : 30);
    Pages pages(bytes);
    auto *words = reinterpret_cast<uint64_t *>(pages.data());
    for (size_t i = 0; i < bytes / sizeof(uint64_t); i++) {
        words[i] = i;
    }
    volatile uint64_t sink = 0;
    double seconds = median_seconds(5, [&] { sink = sink + mixed(words, bytes / sizeof(uint64_t)); });
    report({"memory read", static_cast<double>(bytes) / seconds / 1e9, "GB/s"});
}

} // namespace weir::bench
