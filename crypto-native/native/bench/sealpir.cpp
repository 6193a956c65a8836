// SealPIR's algorithm (Angel, Chen, Laine, Setty 2018; with its later modulus switch before each
// decomposition), written over SEAL's own calls: two dimensions, one query ciphertext for each,
// plaintexts of 20 bits a coefficient in NTT form.
#include "clock.h"
#include "peers.h"
#include "seal/seal.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/uintarithsmallmod.h"
#include <random>
#include <stdexcept>

namespace weir::bench {
namespace {

using seal::Ciphertext;
using seal::Plaintext;

constexpr size_t degree = 4096;
constexpr int digit_bits = 20;
constexpr size_t record_bytes = 1024;
constexpr size_t records_each = degree * digit_bits / 8 / record_bytes;

seal::EncryptionParameters parameters() {
    seal::EncryptionParameters parms(seal::scheme_type::bfv);
    parms.set_poly_modulus_degree(degree);
    parms.set_coeff_modulus(seal::CoeffModulus::BFVDefault(degree));
    parms.set_plain_modulus(seal::PlainModulus::Batching(degree, digit_bits + 1));
    return parms;
}

size_t power_of_two(size_t least) {
    size_t power = 1;
    while (power < least) {
        power *= 2;
    }
    return power;
}

class Pir {
  public:
    explicit Pir(size_t records)
        : context_(parameters()), evaluator_(context_), generator_(context_), secret_(generator_.secret_key()),
          last_(context_.last_parms_id()) {
        size_t plaintexts = (records + records_each - 1) / records_each;
        while (rows_ * rows_ < plaintexts) {
            rows_++;
        }
        columns_ = (plaintexts + rows_ - 1) / rows_;
        std::vector<uint32_t> elements;
        for (size_t width = 1; width < power_of_two(rows_); width *= 2) {
            elements.push_back(static_cast<uint32_t>(degree / width + 1));
        }
        generator_.create_galois_keys(elements, keys_);
        database_.resize(rows_ * columns_);
        for (size_t i = 0; i < database_.size(); i++) {
            database_[i] = plaintext(i);
            evaluator_.transform_to_ntt_inplace(database_[i], context_.first_parms_id());
        }
    }

    Ciphertext ask(size_t index, size_t leaves) const {
        const auto &modulus = context_.first_context_data()->parms().plain_modulus();
        Plaintext plain(degree);
        uint64_t inverse = 0;
        seal::util::try_invert_uint_mod(power_of_two(leaves) % modulus.value(), modulus, inverse);
        plain[index] = inverse;
        Ciphertext query;
        seal::Encryptor(context_, secret_).encrypt_symmetric(plain, query);
        return query;
    }

    std::vector<Ciphertext> answer(const Ciphertext &row, const Ciphertext &column) const {
        auto rows = in_ntt_form(expand(row, rows_));
        auto columns = in_ntt_form(expand(column, columns_));
        std::vector<std::vector<Plaintext>> digits;
        for (size_t i = 0; i < columns_; i++) {
            std::vector<const Plaintext *> terms;
            for (size_t j = 0; j < rows_; j++) {
                terms.push_back(&database_[i * rows_ + j]);
            }
            digits.push_back(decomposed(sum(rows, terms)));
        }
        std::vector<Ciphertext> reply;
        for (size_t digit = 0; digit < digits[0].size(); digit++) {
            std::vector<const Plaintext *> terms;
            for (auto &column_digits : digits) {
                evaluator_.transform_to_ntt_inplace(column_digits[digit], context_.first_parms_id());
                terms.push_back(&column_digits[digit]);
            }
            reply.push_back(sum(columns, terms));
        }
        return reply;
    }

    std::vector<Ciphertext> expand(const Ciphertext &query, size_t leaves) const {
        std::vector<Ciphertext> items{query};
        for (size_t width = 1; width < power_of_two(leaves); width *= 2) {
            std::vector<Ciphertext> odd;
            for (auto &item : items) {
                Ciphertext rotated, difference;
                evaluator_.apply_galois(item, static_cast<uint32_t>(degree / width + 1), keys_, rotated);
                evaluator_.sub(item, rotated, difference);
                evaluator_.add_inplace(item, rotated);
                odd.push_back(times_power(difference, 2 * degree - width));
            }
            items.insert(items.end(), odd.begin(), odd.end());
        }
        items.resize(leaves);
        return items;
    }

    Plaintext open(const std::vector<Ciphertext> &reply) const {
        seal::Decryptor decryptor(context_, secret_);
        Ciphertext inner;
        inner.resize(context_, last_, 2);
        for (size_t part = 0; part < reply.size(); part++) {
            Plaintext digits;
            decryptor.decrypt(reply[part], digits);
            uint64_t *to = inner.data(part / (reply.size() / 2));
            size_t shift = part % (reply.size() / 2) * digit_bits;
            for (size_t i = 0; i < digits.coeff_count(); i++) {
                to[i] |= digits[i] << shift;
            }
        }
        Plaintext found;
        decryptor.decrypt(inner, found);
        return found;
    }

    static Plaintext plaintext(size_t index) {
        std::mt19937_64 random(index);
        Plaintext plain(degree);
        for (size_t i = 0; i < degree; i++) {
            plain[i] = random() & ((1 << digit_bits) - 1);
        }
        return plain;
    }

    size_t rows() const { return rows_; }
    size_t columns() const { return columns_; }
    size_t bytes() const { return database_.size() * 2 * degree * sizeof(uint64_t); }
    // With every coefficient in the bits of its prime; SEAL's own files are larger.
    double query_bytes() const { return 2 * bits(*context_.first_context_data()) / 8; }
    double reply_bytes(size_t parts) const {
        return 2 * static_cast<double>(parts) * bits(*context_.last_context_data()) / 8;
    }

  private:
    static double bits(const seal::SEALContext::ContextData &level) {
        return static_cast<double>(level.total_coeff_modulus_bit_count()) * degree;
    }

    Ciphertext times_power(const Ciphertext &item, size_t power) const {
        Ciphertext result = item;
        const auto &primes = context_.get_context_data(item.parms_id())->parms().coeff_modulus();
        for (size_t poly = 0; poly < item.size(); poly++) {
            for (size_t prime = 0; prime < primes.size(); prime++) {
                // The power is above the degree, where the sign turns.
                const uint64_t *from = item.data(poly) + prime * degree;
                uint64_t *to = result.data(poly) + prime * degree;
                seal::util::negacyclic_shift_poly_coeffmod(from, degree, power - degree, primes[prime], to);
                seal::util::negate_poly_coeffmod(to, degree, primes[prime], to);
            }
        }
        return result;
    }

    std::vector<Ciphertext> in_ntt_form(std::vector<Ciphertext> items) const {
        for (auto &item : items) {
            evaluator_.transform_to_ntt_inplace(item);
        }
        return items;
    }

    Ciphertext sum(const std::vector<Ciphertext> &selectors, const std::vector<const Plaintext *> &terms) const {
        Ciphertext total, product;
        evaluator_.multiply_plain(selectors[0], *terms[0], total);
        for (size_t i = 1; i < terms.size(); i++) {
            evaluator_.multiply_plain(selectors[i], *terms[i], product);
            evaluator_.add_inplace(total, product);
        }
        evaluator_.transform_from_ntt_inplace(total);
        evaluator_.mod_switch_to_inplace(total, last_);
        return total;
    }

    std::vector<Plaintext> decomposed(const Ciphertext &item) const {
        int bits = context_.last_context_data()->parms().coeff_modulus()[0].bit_count();
        std::vector<Plaintext> digits;
        for (size_t poly = 0; poly < 2; poly++) {
            for (int shift = 0; shift < bits; shift += digit_bits) {
                Plaintext plain(degree);
                for (size_t i = 0; i < degree; i++) {
                    plain[i] = (item.data(poly)[i] >> shift) & ((1 << digit_bits) - 1);
                }
                digits.push_back(std::move(plain));
            }
        }
        return digits;
    }

    seal::SEALContext context_;
    seal::Evaluator evaluator_;
    seal::KeyGenerator generator_;
    seal::SecretKey secret_;
    seal::parms_id_type last_;
    seal::GaloisKeys keys_;
    std::vector<Plaintext> database_; // [column][row]
    size_t rows_ = 1;
    size_t columns_ = 1;
};

void look(size_t mebibytes, const Report &report) {
    Pir pir((mebibytes << 20) / record_bytes);
    size_t row = pir.rows() / 3, column = pir.columns() / 2;
    auto row_query = pir.ask(row, pir.rows());
    auto column_query = pir.ask(column, pir.columns());
    std::vector<Ciphertext> reply;
    double seconds = median_seconds(1, [&] { reply = pir.answer(row_query, column_query); });
    if (pir.open(reply) != Pir::plaintext(column * pir.rows() + row)) {
        throw std::runtime_error("SealPIR's algorithm found another record");
    }
    double expansion = median_seconds(1, [&] {
        pir.expand(row_query, pir.rows());
        pir.expand(column_query, pir.columns());
    });
    std::string name = "sealpir " + std::to_string(mebibytes);
    report({name, seconds * 1e3, "ms"});
    report({name + " expansion", expansion * 1e3, "ms"});
    report({name + " rate", static_cast<double>(mebibytes << 20) / seconds / 1e6, "MB/s"});
    report({name + " memory", static_cast<double>(pir.bytes()) / 1e6, "MB"});
    report({name + " query", pir.query_bytes() / 1e3, "kB"});
    report({name + " reply", pir.reply_bytes(reply.size()) / 1e3, "kB"});
}

} // namespace

void sealpir(bool quick, const Report &report) {
    for (size_t mebibytes : quick ? std::vector<size_t>{8} : std::vector<size_t>{64, 256}) {
        look(mebibytes, report);
    }
}

} // namespace weir::bench
