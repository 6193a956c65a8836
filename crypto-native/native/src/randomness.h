// Randomness comes from the caller, one seed per call, and from nowhere else.
#pragma once

#include "seal/randomgen.h"
#include "span.h"
#include <memory>

namespace weir {

// While one lives, SEAL's samplers on this thread draw from a generator keyed by this seed. A seed
// is used for one call only; without one, sampling fails.
class CallSeed {
  public:
    explicit CallSeed(Bytes seed);
    ~CallSeed();
    CallSeed(const CallSeed &) = delete;
    CallSeed &operator=(const CallSeed &) = delete;
};

// The factory that every context carries: each generator it makes takes its own seed out of the
// thread's CallSeed.
std::shared_ptr<seal::UniformRandomGeneratorFactory> caller_randomness();

// A generator of its own, drawn from the thread's CallSeed.
std::shared_ptr<seal::UniformRandomGenerator> fresh_generator();

} // namespace weir
