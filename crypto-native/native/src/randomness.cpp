#include "randomness.h"

namespace weir {
namespace {

thread_local std::shared_ptr<seal::UniformRandomGenerator> current;

seal::prng_seed_type next_seed() {
    require(current != nullptr, Code::internal);
    seal::prng_seed_type seed;
    current->generate(seal::prng_seed_byte_count, reinterpret_cast<seal::seal_byte *>(seed.data()));
    return seed;
}

class CallerFactory final : public seal::UniformRandomGeneratorFactory {
  public:
    // A default seed keeps SEAL from asking the operating system for one that would be thrown away.
    CallerFactory() : UniformRandomGeneratorFactory(seal::prng_seed_type{}) {}

  protected:
    std::shared_ptr<seal::UniformRandomGenerator> create_impl(seal::prng_seed_type) override {
        return std::make_shared<seal::Blake2xbPRNG>(next_seed());
    }
};

} // namespace

CallSeed::CallSeed(Bytes bytes) {
    require(bytes.size == seal::prng_seed_byte_count, Code::bad_buffer);
    seal::prng_seed_type seed;
    std::copy_n(bytes.data, bytes.size, reinterpret_cast<uint8_t *>(seed.data()));
    current = std::make_shared<seal::Blake2xbPRNG>(seed);
    seal::util::seal_memzero(seed.data(), seal::prng_seed_byte_count);
}

CallSeed::~CallSeed() { current.reset(); }

std::shared_ptr<seal::UniformRandomGeneratorFactory> caller_randomness() {
    return std::make_shared<CallerFactory>();
}

std::shared_ptr<seal::UniformRandomGenerator> fresh_generator() {
    return std::make_shared<seal::Blake2xbPRNG>(next_seed());
}

} // namespace weir
