// The registry's sets, as HeParameters hands them over; a Java test compares both lists.
#pragma once

#include "context.h"
#include "randomness.h"
#include <array>

namespace weir::sets {

using Words = std::vector<uint64_t>;

inline const Words cells_4096{4096, 536870923, 3, 4294828033, 4294729729, 549755731969};
inline const Words lookup_4096{4096, 65537, 3, 4294828033, 4294729729, 549755731969};
inline const Words cells_8192{8192,          1099511627791, 5,             4398046150657,
                              4398045708289, 4398045511681, 4398045380609, 4398045315073};
inline const Words records_8192{8192,          1099511922689, 5,             4398046150657,
                                4398045708289, 4398045511681, 4398045380609, 4398045315073};

inline Bytes view(const Words &words) {
    return {reinterpret_cast<uint8_t *>(const_cast<uint64_t *>(words.data())), words.size() * sizeof(uint64_t)};
}

template <class T>
Bytes view(std::vector<T> &values) {
    return {reinterpret_cast<uint8_t *>(values.data()), values.size() * sizeof(T)};
}

inline std::shared_ptr<Context> context(const Words &words) { return std::make_shared<Context>(view(words)); }

// A seed per call, counted: tests and benchmarks repeat, services never use this.
class Seeded {
  public:
    Seeded() : seed_{static_cast<uint8_t>(++count()), static_cast<uint8_t>(count() >> 8)}, call_({seed_.data(), 64}) {}

  private:
    static unsigned &count() {
        static unsigned value = 0;
        return value;
    }
    std::array<uint8_t, 64> seed_;
    CallSeed call_;
};

} // namespace weir::sets
