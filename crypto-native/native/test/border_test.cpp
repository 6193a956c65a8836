#include "check.h"
#include "handles.h"
#include "reply.h"
#include "sets.h"
#include "tiles.h"

namespace weir::test {

void bad_buffers_and_limbs_are_refused() {
    auto context = sets::context(sets::cells_4096);
    size_t words = 2 * context->data_primes() * context->degree();
    std::vector<uint64_t> limbs(words, 0);
    limbs[words - 1] = context->primes(0).back().value();
    CHECK(refused(Code::out_of_range, [&] { read_ciphertexts(context, 0, sets::view(limbs)); }));
    limbs[words - 1]--;
    CHECK(read_ciphertexts(context, 0, sets::view(limbs))->count() == 1);
    Bytes view = sets::view(limbs);
    CHECK(refused(Code::bad_buffer, [&] { read_ciphertexts(context, 0, {view.data, view.size - 8}); }));
    CHECK(refused(Code::bad_buffer, [&] { read_ciphertexts(context, 0, {view.data + 1, 0}); }) ||
          read_ciphertexts(context, 0, {view.data, 0})->count() == 0);
    CHECK(refused(Code::out_of_range, [&] { read_ciphertexts(context, 9, sets::view(limbs)); }));
    auto one = read_ciphertexts(context, 0, sets::view(limbs));
    CHECK(refused(Code::out_of_range, [&] { Selectors(*one, 1, 1); }));
    CHECK(refused(Code::out_of_range, [&] { Selectors(*one, 2, SIZE_MAX); }));
    Tiles tiles(context, 1, 1);
    std::vector<int64_t> coefficients(context->degree(), static_cast<int64_t>(context->plain_modulus()));
    CHECK(refused(Code::out_of_range, [&] { tiles.put(0, sets::view(coefficients)); }));
    std::fill(coefficients.begin(), coefficients.end(), INT64_MIN);
    CHECK(refused(Code::out_of_range, [&] { tiles.put(0, sets::view(coefficients)); }));
    CHECK(refused(Code::out_of_range, [&] { Tiles(context, SIZE_MAX / 2, 4); }));
    CHECK(refused(Code::out_of_range, [&] { packed_bytes(*context, {15, 0, 1}); }));
    CHECK(refused(Code::out_of_range, [&] { packed_bytes(*context, {40, 4095, 2}); }));
    CHECK(refused(Code::out_of_range, [&] { packed_bytes(*context, {61, 0, 1}); }));
    sets::Words weak{4096, 65537, 3, 4398046150657, 4398045708289, 549755731969};
    CHECK(refused(Code::wrong_parameters, [&] { sets::context(weak); })); // 123 bits at degree 4096
    sets::Words short_of{4096, 65537, 4, 4294828033, 4294729729, 549755731969};
    CHECK(refused(Code::wrong_parameters, [&] { sets::context(short_of); }));
}

void handles_are_checked_and_counted() {
    auto &handles = Handles::all();
    CHECK(handles.live() == 0);
    auto context = sets::context(sets::cells_4096);
    int64_t one = handles.put(context);
    int64_t two = handles.put(std::make_shared<Tiles>(context, 1, 1));
    CHECK(handles.live() == 2 && one != two);
    CHECK(handles.get<Context>(one) == context);
    CHECK(refused(Code::bad_handle, [&] { handles.get<Context>(two); }));
    CHECK(refused(Code::bad_handle, [&] { handles.get<Context>(one + 100); }));
    handles.free(one);
    CHECK(refused(Code::bad_handle, [&] { handles.free(one); }));
    handles.free(two);
    CHECK(handles.live() == 0);
}

void sampling_without_a_seed_fails() {
    auto context = sets::context(sets::cells_4096);
    CHECK(refused(Code::internal, [&] { make_secret_key(context); }));
    std::vector<uint8_t> short_seed(63);
    CHECK(refused(Code::bad_buffer, [&] { CallSeed call(sets::view(short_seed)); }));
}

} // namespace weir::test
