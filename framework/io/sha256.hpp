#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace xgrad {

/// The SHA-256 (FIPS 180-4) of bytes that arrive piece by piece.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  /// Appends `bytes` to what is hashed.
  void update(std::span<const std::byte> bytes);

  /// The hash of everything so far, as 64 lowercase hexadecimal digits. More bytes may follow.
  std::string hex_digest() const;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// The SHA-256 of `bytes`, as 64 lowercase hexadecimal digits.
std::string sha256(std::span<const std::byte> bytes);

}  // namespace xgrad
