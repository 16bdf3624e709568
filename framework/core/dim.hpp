#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace xgrad {

class Bindings;

/// One size of a shape: an integer, or an integer times named symbols (`batch`, `10*batch`), so that reshape and
/// flatten work on sizes that are only known when a function is called. Two Dims match when they are equal.
class Dim {
 public:
  /// A known size. Throws ShapeError when it is negative.
  constexpr Dim(std::integral auto size) : coefficient_(static_cast<std::int64_t>(size)) {
    if (coefficient_ < 0) reject(coefficient_);
  }

  /// A size that stays open until a function is called with arrays. Symbols of the same name are the same.
  static Dim symbol(std::string_view name);

  constexpr bool is_known() const { return monomial_ == 0; }
  constexpr bool is_one() const { return is_known() && coefficient_ == 1; }

  /// The integer. Throws ShapeError when the Dim holds a symbol.
  std::int64_t value() const;

  /// The integer once its symbols have their sizes. Throws ShapeError when a symbol has none.
  std::int64_t value(const Bindings& bindings) const;

  /// The exact quotient, or nothing when `divisor` does not divide this Dim for every size of its symbols.
  std::optional<Dim> divided_by(Dim divisor) const;

  std::string to_string() const;

  /// Equal for equal Dims.
  std::size_t hash() const {
    return static_cast<std::size_t>(coefficient_) + (static_cast<std::size_t>(monomial_) << 40);
  }

  friend Dim operator*(Dim left, Dim right);
  friend constexpr bool operator==(Dim, Dim) = default;

 private:
  friend class Bindings;
  friend struct BatchSymbol;
  constexpr Dim(std::int64_t coefficient, std::uint32_t monomial) : coefficient_(coefficient), monomial_(monomial) {}
  [[noreturn]] static void reject(std::int64_t size);

  std::int64_t coefficient_;
  std::uint32_t monomial_ = 0;  ///< index into the table of products of symbols; 0 is the empty product
};

struct BatchSymbol {
  static constexpr Dim dim{1, 1};
};

/// The number of samples: the symbol that fit, evaluate and predict bind, and along which the runtime works in
/// parallel.
inline constexpr Dim batch = BatchSymbol::dim;

/// The sizes of symbols in one call.
class Bindings {
 public:
  /// Makes `dim` equal to `size` by binding its symbol; false when no size of the symbol does that, or the size it has
  /// already does not. A product of two symbols that are both open cannot be solved: throws ShapeError.
  bool bind(Dim dim, std::int64_t size);

  std::optional<std::int64_t> find(std::uint32_t symbol) const;
  friend bool operator==(const Bindings&, const Bindings&) = default;
  friend bool operator<(const Bindings& left, const Bindings& right) { return left.sizes_ < right.sizes_; }

 private:
  std::map<std::uint32_t, std::int64_t> sizes_;
};

}  // namespace xgrad
