#include "reply.h"
#include "randomness.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/rlwe.h"
#include "seal/util/rns.h"
#include "seal/util/uintarithsmallmod.h"
#include <algorithm>

namespace weir {
namespace {

using u128 = unsigned __int128;

constexpr unsigned max_bits = 60;

void check(const Context &context, Shape shape) {
    require(shape.bits >= 16 && shape.bits <= max_bits, Code::out_of_range);
    require(
        shape.count > 0 && shape.first < context.degree() && shape.count <= context.degree() - shape.first,
        Code::out_of_range);
}

// The fraction c / Q in units of 2^-64, from the residues of c: sum over i of y_i / q_i modulo 1,
// where y_i = c_i (Q / q_i)^-1 modulo q_i. Each term falls short by less than 2^-62.
class Fractions {
  public:
    explicit Fractions(const seal::SEALContext::ContextData &level) {
        const auto *base = level.rns_tool()->base_q();
        for (size_t i = 0; i < base->size(); i++) {
            uint64_t prime = (*base)[i].value();
            unsigned shift = static_cast<unsigned>((*base)[i].bit_count()) - 1;
            u128 scaled = (static_cast<u128>(1) << (64 + shift)) / prime;
            factors_.push_back({(*base)[i], base->inv_punctured_prod_mod_base_array()[i],
                                static_cast<uint64_t>(scaled), shift});
        }
    }

    uint64_t of(const uint64_t *residues, size_t stride) const {
        uint64_t sum = 0;
        for (const auto &factor : factors_) {
            uint64_t y = seal::util::multiply_uint_mod(*residues, factor.inverse, factor.prime);
            sum += static_cast<uint64_t>((static_cast<u128>(y) * factor.scaled) >> factor.shift);
            residues += stride;
        }
        return sum;
    }

  private:
    struct Factor {
        seal::Modulus prime;
        seal::util::MultiplyUIntModOperand inverse;
        uint64_t scaled; // 2^(64 + shift) / prime, below 2^64
        unsigned shift;
    };
    std::vector<Factor> factors_;
};

class BitWriter {
  public:
    explicit BitWriter(uint8_t *to) : to_(to) {}

    void put(uint64_t value, unsigned bits) {
        held_ |= static_cast<u128>(value) << count_;
        for (count_ += bits; count_ >= 8; count_ -= 8, held_ >>= 8) {
            *to_++ = static_cast<uint8_t>(held_);
        }
    }

    void end() {
        if (count_ > 0) {
            *to_ = static_cast<uint8_t>(held_);
        }
    }

  private:
    uint8_t *to_;
    u128 held_ = 0;
    unsigned count_ = 0;
};

class BitReader {
  public:
    explicit BitReader(const uint8_t *from) : from_(from) {}

    uint64_t take(unsigned bits) {
        for (; count_ < bits; count_ += 8) {
            held_ |= static_cast<u128>(*from_++) << count_;
        }
        auto value = static_cast<uint64_t>(held_) & ((uint64_t{1} << bits) - 1);
        held_ >>= bits;
        count_ -= bits;
        return value;
    }

  private:
    const uint8_t *from_;
    u128 held_ = 0;
    unsigned count_ = 0;
};

// round(value Q / 2^bits), residue by residue.
class Lifting {
  public:
    Lifting(const seal::SEALContext::ContextData &level, unsigned bits)
        : primes_(level.parms().coeff_modulus()), bits_(bits),
          product_(level.total_coeff_modulus(), level.total_coeff_modulus() + primes_.size()) {}

    void write(uint64_t value, uint64_t *out, size_t stride) const {
        std::vector<uint64_t> words(product_.size() + 1);
        u128 carry = uint64_t{1} << (bits_ - 1); // to round
        for (size_t i = 0; i < product_.size(); i++) {
            carry += static_cast<u128>(product_[i]) * value;
            words[i] = static_cast<uint64_t>(carry);
            carry >>= 64;
        }
        words.back() = static_cast<uint64_t>(carry);
        for (const auto &prime : primes_) {
            uint64_t residue = words.back() >> bits_;
            for (size_t i = product_.size(); i-- > 0;) {
                uint64_t word = (words[i] >> bits_) | (words[i + 1] << (64 - bits_));
                uint64_t pair[2] = {word, residue};
                residue = seal::util::barrett_reduce_128(pair, prime);
            }
            *out = residue;
            out += stride;
        }
    }

  private:
    const std::vector<seal::Modulus> &primes_;
    unsigned bits_;
    std::vector<uint64_t> product_;
};

void add_noise(const Context &context, unsigned bits, seal::UniformRandomGenerator &generator, uint64_t *c0) {
    const auto &primes = context.primes(0);
    u128 mask = (static_cast<u128>(1) << (bits + 1)) - 1;
    u128 half = static_cast<u128>(1) << bits;
    for (size_t i = 0; i < context.degree(); i++) {
        u128 drawn = 0;
        generator.generate(sizeof(drawn), reinterpret_cast<seal::seal_byte *>(&drawn));
        drawn &= mask;
        for (size_t prime = 0; prime < primes.size(); prime++) {
            uint64_t q = primes[prime].value();
            auto noise = static_cast<uint64_t>(drawn % q);
            auto shift = static_cast<uint64_t>(half % q);
            uint64_t &target = c0[prime * context.degree() + i];
            target = (target + noise + q - shift) % q;
        }
    }
}

} // namespace

void flood(Ciphertexts &ciphertexts, const PublicKeyObject &key, unsigned bits) {
    require(ciphertexts.context() == key.context && ciphertexts.primes_dropped() == 0, Code::wrong_parameters);
    const Context &context = *key.context;
    require(context.degree() >= 8192, Code::unsupported);
    require(bits <= 120, Code::out_of_range);
    auto generator = fresh_generator();
    for (size_t i = 0; i < ciphertexts.count(); i++) {
        seal::Ciphertext zero;
        seal::util::encrypt_zero_asymmetric(
            key.key, context.seal(), context.level(0).parms_id(), false, zero);
        uint64_t *left = ciphertexts.at(i).data();
        const uint64_t *right = zero.data();
        for (size_t part = 0; part < 2 * context.data_primes(); part++) {
            const auto &prime = context.primes(0)[part % context.data_primes()];
            seal::util::add_poly_coeffmod(left, right, context.degree(), prime, left);
            left += context.degree();
            right += context.degree();
        }
        add_noise(context, bits, *generator, ciphertexts.at(i).data());
    }
}

size_t packed_bytes(const Context &context, Shape shape) {
    check(context, shape);
    return ((context.degree() + shape.count) * shape.bits + 7) / 8;
}

void truncate(const Ciphertexts &ciphertexts, Shape shape, Bytes out) {
    const Context &context = *ciphertexts.context();
    size_t each = packed_bytes(context, shape);
    uint8_t *target = out.exactly<uint8_t>(ciphertexts.count() * each);
    Fractions fractions(context.level(ciphertexts.primes_dropped()));
    uint64_t half = uint64_t{1} << (63 - shape.bits);
    for (size_t i = 0; i < ciphertexts.count(); i++, target += each) {
        const uint64_t *c0 = ciphertexts.at(i).data();
        const uint64_t *c1 = ciphertexts.at(i).data(1);
        BitWriter writer(target);
        for (size_t j = 0; j < context.degree(); j++) {
            writer.put((fractions.of(c1 + j, context.degree()) + half) >> (64 - shape.bits), shape.bits);
        }
        for (size_t j = shape.first; j < shape.first + shape.count; j++) {
            writer.put((fractions.of(c0 + j, context.degree()) + half) >> (64 - shape.bits), shape.bits);
        }
        writer.end();
    }
}

std::shared_ptr<Ciphertexts> lift(std::shared_ptr<Context> context, Shape shape, Bytes in) {
    size_t each = packed_bytes(*context, shape);
    size_t count = in.records<uint8_t>(each);
    auto result = std::make_shared<Ciphertexts>(context, 0, count);
    Lifting lifting(context->level(0), shape.bits);
    for (size_t i = 0; i < count; i++) {
        BitReader reader(in.data + i * each);
        uint64_t *c0 = result->at(i).data();
        std::fill_n(c0, context->data_primes() * context->degree(), 0);
        for (size_t j = 0; j < context->degree(); j++) {
            lifting.write(reader.take(shape.bits), result->at(i).data(1) + j, context->degree());
        }
        for (size_t j = shape.first; j < shape.first + shape.count; j++) {
            lifting.write(reader.take(shape.bits), c0 + j, context->degree());
        }
    }
    return result;
}

} // namespace weir
