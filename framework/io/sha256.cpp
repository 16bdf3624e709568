#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/sha256.hpp>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace xgrad {
namespace {

void require(bool succeeded, const char* step) {
  if (!succeeded) throw Error(fmt::format("sha256: OpenSSL failed to {}; check the installation of libcrypto", step));
}

}  // namespace

struct Sha256::Context {
  Context() { require(state != nullptr, "make a digest"); }
  ~Context() { EVP_MD_CTX_free(state); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  EVP_MD_CTX* state = EVP_MD_CTX_new();
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  require(EVP_DigestInit_ex(context_->state, EVP_sha256(), nullptr) == 1, "start a digest");
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes) {
  require(EVP_DigestUpdate(context_->state, bytes.data(), bytes.size()) == 1, "add bytes to a digest");
}

std::string Sha256::hex_digest() const {
  // Finishing a digest ends it, so a copy is finished.
  Context finished;
  std::array<unsigned char, 32> digest{};
  require(EVP_MD_CTX_copy_ex(finished.state, context_->state) == 1, "copy a digest");
  require(EVP_DigestFinal_ex(finished.state, digest.data(), nullptr) == 1, "finish a digest");
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string sha256(std::span<const std::byte> bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex_digest();
}

}  // namespace xgrad
