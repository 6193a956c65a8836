// The border to Java. Every function below is a guarded call: it checks handles and buffers, does
// milliseconds of work and turns whatever is thrown into one Java exception with a stable code.
// Longer than 200 lines because the table of a border is read best in one place.
#include "handles.h"
#include "mac.h"
#include "randomness.h"
#include "reply.h"
#include "tiles.h"
#include <jni.h>
#include <stdexcept>

namespace {

using namespace weir;

// Raised together with SealJni.SHIM whenever a signature or a layout changes.
constexpr jint shim_version = 3;

jclass exception_class = nullptr;
jmethodID exception_constructor = nullptr;

void throw_code(JNIEnv *env, Code code) {
    if (env->ExceptionCheck()) {
        return;
    }
    auto exception = static_cast<jthrowable>(
        env->NewObject(exception_class, exception_constructor, static_cast<jint>(code)));
    if (exception != nullptr) {
        env->Throw(exception);
    }
}

template <class Work>
auto guard(JNIEnv *env, Work work) noexcept -> decltype(work()) {
    try {
        return work();
    } catch (const Failure &failure) {
        throw_code(env, failure.code());
    } catch (const std::bad_alloc &) {
        throw_code(env, Code::out_of_memory);
    } catch (const std::exception &) {
        throw_code(env, Code::refused_by_library);
    } catch (...) {
        throw_code(env, Code::internal);
    }
    return decltype(work())();
}

Bytes bytes(JNIEnv *env, jobject buffer) {
    require(buffer != nullptr, Code::bad_buffer);
    void *address = env->GetDirectBufferAddress(buffer);
    jlong capacity = env->GetDirectBufferCapacity(buffer);
    require(address != nullptr && capacity >= 0, Code::bad_buffer);
    return {static_cast<uint8_t *>(address), static_cast<size_t>(capacity)};
}

size_t size(jlong value) {
    require(value >= 0, Code::out_of_range);
    return static_cast<size_t>(value);
}

template <class T>
std::shared_ptr<T> object(jlong handle) {
    return Handles::all().get<T>(handle);
}

template <class T>
jlong keep(std::shared_ptr<T> made) {
    return Handles::all().put(std::move(made));
}

std::vector<uint32_t> elements(Bytes buffer) {
    size_t count = buffer.records<uint32_t>(1);
    const uint32_t *in = buffer.exactly<uint32_t>(count);
    return {in, in + count};
}

Shape shape(jint bits, jint first, jint count) {
    return {static_cast<unsigned>(size(bits)), size(first), size(count)};
}

// --- about this library ----------------------------------------------------------------------

jint seal_version(JNIEnv *, jobject) {
    return SEAL_VERSION_MAJOR << 16 | SEAL_VERSION_MINOR << 8 | SEAL_VERSION_PATCH;
}

jint shim(JNIEnv *, jobject) { return shim_version; }

jboolean kernel_available(JNIEnv *, jobject, jint kernel) {
    return mac::available(static_cast<mac::Kernel>(kernel));
}

jlong live(JNIEnv *env, jobject) {
    return guard(env, [] { return static_cast<jlong>(Handles::all().live()); });
}

void free_handle(JNIEnv *env, jobject, jlong handle) {
    guard(env, [&] { Handles::all().free(handle); });
}

// --- contexts and keys -----------------------------------------------------------------------

jlong context(JNIEnv *env, jobject, jobject words) {
    return guard(env, [&] { return keep(std::make_shared<Context>(bytes(env, words))); });
}

void context_id(JNIEnv *env, jobject, jlong handle, jboolean key_level, jint dropped, jobject out) {
    guard(env, [&] { parms_id(*object<Context>(handle), key_level, size(dropped), bytes(env, out)); });
}

jlong secret_key(JNIEnv *env, jobject, jlong handle, jobject seed) {
    return guard(env, [&] {
        CallSeed call(bytes(env, seed));
        return keep(make_secret_key(object<Context>(handle)));
    });
}

void write_secret(JNIEnv *env, jobject, jlong secret, jobject out) {
    guard(env, [&] { write_secret_key(*object<SecretKeyObject>(secret), bytes(env, out)); });
}

jlong read_secret(JNIEnv *env, jobject, jlong handle, jobject in) {
    return guard(env, [&] { return keep(read_secret_key(object<Context>(handle), bytes(env, in))); });
}

void public_key(JNIEnv *env, jobject, jlong secret, jobject seed, jobject out) {
    guard(env, [&] {
        CallSeed call(bytes(env, seed));
        make_public_key(*object<SecretKeyObject>(secret), bytes(env, out));
    });
}

jlong read_public(JNIEnv *env, jobject, jlong handle, jobject in) {
    return guard(env, [&] { return keep(read_public_key(object<Context>(handle), bytes(env, in))); });
}

void galois_keys(JNIEnv *env, jobject, jlong secret, jobject elements_in, jobject seed, jobject out) {
    guard(env, [&] {
        CallSeed call(bytes(env, seed));
        make_galois_keys(
            *object<SecretKeyObject>(secret), elements(bytes(env, elements_in)), bytes(env, out));
    });
}

jlong read_galois(JNIEnv *env, jobject, jlong handle, jobject elements_in, jobject in) {
    return guard(env, [&] {
        return keep(
            read_galois_keys(object<Context>(handle), elements(bytes(env, elements_in)), bytes(env, in)));
    });
}

// --- ciphertexts -----------------------------------------------------------------------------

void encrypt_with_secret(JNIEnv *env, jobject, jlong secret, jobject seed, jobject plain, jobject out) {
    guard(env, [&] {
        CallSeed call(bytes(env, seed));
        encrypt_symmetric(*object<SecretKeyObject>(secret), bytes(env, plain), bytes(env, out));
    });
}

void encrypt_with_public(JNIEnv *env, jobject, jlong key, jobject seed, jobject plain, jobject out) {
    guard(env, [&] {
        CallSeed call(bytes(env, seed));
        encrypt_public(*object<PublicKeyObject>(key), bytes(env, plain), bytes(env, out));
    });
}

void decrypt_all(JNIEnv *env, jobject, jlong secret, jlong ciphertexts, jobject plain) {
    guard(env, [&] {
        decrypt(*object<SecretKeyObject>(secret), *object<Ciphertexts>(ciphertexts), bytes(env, plain));
    });
}

void slots_to_plain(JNIEnv *env, jobject, jlong handle, jobject values, jobject plain) {
    guard(env, [&] { encode_slots(*object<Context>(handle), bytes(env, values), bytes(env, plain)); });
}

void plain_to_slots(JNIEnv *env, jobject, jlong handle, jobject plain, jobject values) {
    guard(env, [&] { decode_slots(*object<Context>(handle), bytes(env, plain), bytes(env, values)); });
}

jlong ciphertexts_from(JNIEnv *env, jobject, jlong handle, jint dropped, jobject limbs) {
    return guard(env, [&] {
        return keep(read_ciphertexts(object<Context>(handle), size(dropped), bytes(env, limbs)));
    });
}

jlong ciphertexts_from_seeded(JNIEnv *env, jobject, jlong handle, jobject limbs) {
    return guard(env, [&] { return keep(read_seeded(object<Context>(handle), bytes(env, limbs))); });
}

void ciphertexts_to(JNIEnv *env, jobject, jlong ciphertexts, jobject limbs) {
    guard(env, [&] { object<Ciphertexts>(ciphertexts)->write(bytes(env, limbs)); });
}

void add(JNIEnv *env, jobject, jlong sum, jlong more) {
    guard(env, [&] { add_to(*object<Ciphertexts>(sum), *object<Ciphertexts>(more)); });
}

jlong switch_down(JNIEnv *env, jobject, jlong ciphertexts, jint dropped) {
    return guard(env, [&] { return keep(switch_modulus(*object<Ciphertexts>(ciphertexts), size(dropped))); });
}

jlong expand_query(JNIEnv *env, jobject, jlong query, jint index, jlong keys, jint leaves) {
    return guard(env, [&] {
        return keep(
            expand(*object<Ciphertexts>(query), size(index), *object<GaloisKeysObject>(keys), size(leaves)));
    });
}

jlong expand_to_selectors(JNIEnv *env, jobject, jlong query, jint index, jlong keys, jint leaves) {
    return guard(env, [&] {
        return keep(expand_selectors(
            *object<Ciphertexts>(query), size(index), *object<GaloisKeysObject>(keys), size(leaves)));
    });
}

void flood_all(JNIEnv *env, jobject, jlong ciphertexts, jlong key, jobject seed, jint bits) {
    guard(env, [&] {
        CallSeed call(bytes(env, seed));
        flood(
            *object<Ciphertexts>(ciphertexts), *object<PublicKeyObject>(key),
            static_cast<unsigned>(size(bits)));
    });
}

void truncate_all(JNIEnv *env, jobject, jlong ciphertexts, jint bits, jint first, jint count, jobject out) {
    guard(env, [&] {
        truncate(*object<Ciphertexts>(ciphertexts), shape(bits, first, count), bytes(env, out));
    });
}

jlong lift_all(JNIEnv *env, jobject, jlong handle, jint bits, jint first, jint count, jobject in) {
    return guard(env, [&] {
        return keep(lift(object<Context>(handle), shape(bits, first, count), bytes(env, in)));
    });
}

// --- tiles -----------------------------------------------------------------------------------

jlong tiles(JNIEnv *env, jobject, jlong handle, jint outputs, jint terms) {
    return guard(env, [&] {
        return keep(std::make_shared<Tiles>(object<Context>(handle), size(outputs), size(terms)));
    });
}

void tiles_put(JNIEnv *env, jobject, jlong tiles, jlong first, jobject coefficients) {
    guard(env, [&] { object<Tiles>(tiles)->put(size(first), bytes(env, coefficients)); });
}

jlong selectors(JNIEnv *env, jobject, jlong ciphertexts, jint first, jint count) {
    return guard(env, [&] {
        return keep(std::make_shared<Selectors>(*object<Ciphertexts>(ciphertexts), size(first), size(count)));
    });
}

jlong selectors_part(JNIEnv *env, jobject, jlong selectors, jint first, jint count) {
    return guard(env, [&] {
        return keep(std::make_shared<Selectors>(*object<Selectors>(selectors), size(first), size(count)));
    });
}

jlong products(JNIEnv *env, jobject, jlong tiles, jint clients) {
    return guard(env, [&] { return keep(std::make_shared<Products>(*object<Tiles>(tiles), size(clients))); });
}

void accumulate(
    JNIEnv *env, jobject, jlong products, jlong tiles, jobject selectors, jint from, jint to, jint kernel) {
    guard(env, [&] {
        Bytes handles = bytes(env, selectors);
        size_t count = handles.records<int64_t>(1);
        const int64_t *in = handles.exactly<int64_t>(count);
        std::vector<std::shared_ptr<Selectors>> clients;
        for (size_t i = 0; i < count; i++) {
            clients.push_back(object<Selectors>(in[i]));
        }
        object<Products>(products)->accumulate(
            *object<Tiles>(tiles), clients, size(from), size(to), static_cast<mac::Kernel>(kernel));
    });
}

jlong finish(JNIEnv *env, jobject, jlong products) {
    return guard(env, [&] { return keep(object<Products>(products)->finish()); });
}

#define WEIR_BUFFER "Ljava/nio/ByteBuffer;"

template <class Function>
JNINativeMethod method(const char *name, const char *signature, Function function) {
    return {const_cast<char *>(name), const_cast<char *>(signature), reinterpret_cast<void *>(function)};
}

bool register_all(JNIEnv *env) {
    jclass type = env->FindClass("dev/weir/he/SealJni");
    if (type == nullptr) {
        return false;
    }
    const JNINativeMethod methods[] = {
        method("sealVersion", "()I", seal_version),
        method("shim", "()I", shim),
        method("kernelAvailable", "(I)Z", kernel_available),
        method("live", "()J", live),
        method("free", "(J)V", free_handle),
        method("context", "(" WEIR_BUFFER ")J", context),
        method("contextId", "(JZI" WEIR_BUFFER ")V", context_id),
        method("secretKey", "(J" WEIR_BUFFER ")J", secret_key),
        method("writeSecretKey", "(J" WEIR_BUFFER ")V", write_secret),
        method("readSecretKey", "(J" WEIR_BUFFER ")J", read_secret),
        method("publicKey", "(J" WEIR_BUFFER WEIR_BUFFER ")V", public_key),
        method("readPublicKey", "(J" WEIR_BUFFER ")J", read_public),
        method("galoisKeys", "(J" WEIR_BUFFER WEIR_BUFFER WEIR_BUFFER ")V", galois_keys),
        method("readGaloisKeys", "(J" WEIR_BUFFER WEIR_BUFFER ")J", read_galois),
        method("encryptSymmetric", "(J" WEIR_BUFFER WEIR_BUFFER WEIR_BUFFER ")V", encrypt_with_secret),
        method("encryptPublic", "(J" WEIR_BUFFER WEIR_BUFFER WEIR_BUFFER ")V", encrypt_with_public),
        method("decrypt", "(JJ" WEIR_BUFFER ")V", decrypt_all),
        method("encodeSlots", "(J" WEIR_BUFFER WEIR_BUFFER ")V", slots_to_plain),
        method("decodeSlots", "(J" WEIR_BUFFER WEIR_BUFFER ")V", plain_to_slots),
        method("readCiphertexts", "(JI" WEIR_BUFFER ")J", ciphertexts_from),
        method("readSeeded", "(J" WEIR_BUFFER ")J", ciphertexts_from_seeded),
        method("writeCiphertexts", "(J" WEIR_BUFFER ")V", ciphertexts_to),
        method("addTo", "(JJ)V", add),
        method("switchModulus", "(JI)J", switch_down),
        method("expand", "(JIJI)J", expand_query),
        method("expandSelectors", "(JIJI)J", expand_to_selectors),
        method("flood", "(JJ" WEIR_BUFFER "I)V", flood_all),
        method("truncate", "(JIII" WEIR_BUFFER ")V", truncate_all),
        method("lift", "(JIII" WEIR_BUFFER ")J", lift_all),
        method("tiles", "(JII)J", tiles),
        method("putTiles", "(JJ" WEIR_BUFFER ")V", tiles_put),
        method("selectors", "(JII)J", selectors),
        method("selectorsPart", "(JII)J", selectors_part),
        method("products", "(JI)J", products),
        method("accumulate", "(JJ" WEIR_BUFFER "III)V", accumulate),
        method("finish", "(J)J", finish),
    };
    return env->RegisterNatives(type, methods, std::size(methods)) == JNI_OK;
}

} // namespace

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *machine, void *) {
    JNIEnv *env = nullptr;
    if (machine->GetEnv(reinterpret_cast<void **>(&env), JNI_VERSION_10) != JNI_OK) {
        return JNI_ERR;
    }
    jclass local = env->FindClass("dev/weir/he/HeException");
    if (local == nullptr) {
        return JNI_ERR;
    }
    exception_class = static_cast<jclass>(env->NewGlobalRef(local));
    exception_constructor = env->GetMethodID(exception_class, "<init>", "(I)V");
    if (exception_constructor == nullptr || !register_all(env)) {
        return JNI_ERR;
    }
    return JNI_VERSION_10;
}
