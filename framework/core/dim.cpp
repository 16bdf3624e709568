#include <xgrad/framework/core/dim.hpp>
#include <xgrad/framework/core/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <mutex>
#include <vector>

namespace xgrad {
namespace {

using Symbols = std::vector<std::uint32_t>;  // sorted indices of names, repeated for powers

/// Products of symbols, each stored once: a Dim is then two integers. Monomial 0 is the empty product, 1 is `batch`.
struct Table {
  std::mutex mutex;
  std::vector<std::string> names{"batch"};
  std::vector<Symbols> monomials{{}, {0}};
  std::map<Symbols, std::uint32_t> index{{{}, 0}, {{0}, 1}};

  std::uint32_t intern(Symbols symbols) {
    auto [entry, inserted] = index.try_emplace(symbols, static_cast<std::uint32_t>(monomials.size()));
    if (inserted) monomials.push_back(std::move(symbols));
    return entry->second;
  }
};

Table& table() {
  static Table& instance = *new Table;  // never destroyed: threads may use it while the program ends
  return instance;
}

Symbols symbols_of(std::uint32_t monomial) {
  if (monomial == 0) return {};
  std::scoped_lock lock(table().mutex);
  return table().monomials[monomial];
}

std::int64_t checked_multiply(std::int64_t left, std::int64_t right) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(left, right, &product)) {
    throw ShapeError(fmt::format("shape: {} * {} elements are more than 64 bits can count", left, right));
  }
  return product;
}

}  // namespace

void Dim::reject(std::int64_t size) {
  throw ShapeError(fmt::format("shape: a size must be 0 or more, but got {}{}", size,
                               size == -1 ? "; a size that is open is a symbol, such as batch, and in a list given to "
                                            "reshape -1 or infer_dim is one that follows from the others"
                                          : ""));
}

Dim Dim::symbol(std::string_view name) {
  if (name.empty()) throw ValueError("Dim::symbol: a symbol needs a name, but got an empty one");
  std::scoped_lock lock(table().mutex);
  auto& names = table().names;
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) found = names.insert(names.end(), std::string(name));
  return {1, table().intern({static_cast<std::uint32_t>(found - names.begin())})};
}

std::int64_t Dim::value() const {
  if (!is_known()) {
    throw ShapeError(fmt::format("shape: the size {} is known only when a function is called", to_string()));
  }
  return coefficient_;
}

std::int64_t Dim::value(const Bindings& bindings) const {
  std::int64_t product = coefficient_;
  for (auto symbol : symbols_of(monomial_)) {
    auto size = bindings.find(symbol);
    if (!size) {
      throw ShapeError(fmt::format(
          "compile: the size {} depends on a symbol that no input of the function has; add an input whose shape has it",
          to_string()));
    }
    product = checked_multiply(product, *size);
  }
  return product;
}

std::optional<Dim> Dim::divided_by(Dim divisor) const {
  if (divisor.coefficient_ == 0 || coefficient_ % divisor.coefficient_ != 0) return std::nullopt;
  auto symbols = symbols_of(monomial_);
  auto removed = symbols_of(divisor.monomial_);
  if (!std::includes(symbols.begin(), symbols.end(), removed.begin(), removed.end())) return std::nullopt;
  Symbols rest;
  std::set_difference(symbols.begin(), symbols.end(), removed.begin(), removed.end(), std::back_inserter(rest));
  if (rest.empty()) return Dim(coefficient_ / divisor.coefficient_);
  std::scoped_lock lock(table().mutex);
  return Dim(coefficient_ / divisor.coefficient_, table().intern(std::move(rest)));
}

std::string Dim::to_string() const {
  auto symbols = symbols_of(monomial_);
  if (symbols.empty()) return std::to_string(coefficient_);
  std::string text = coefficient_ == 1 ? "" : std::to_string(coefficient_) + "*";
  std::scoped_lock lock(table().mutex);
  for (std::size_t i = 0; i < symbols.size(); ++i) text += (i ? "*" : "") + table().names[symbols[i]];
  return text;
}

Dim operator*(Dim left, Dim right) {
  auto coefficient = checked_multiply(left.coefficient_, right.coefficient_);
  if (coefficient == 0 || (left.is_known() && right.is_known())) return {coefficient};
  if (left.is_known() || right.is_known()) return {coefficient, left.monomial_ + right.monomial_};
  Symbols product;
  auto a = symbols_of(left.monomial_);
  auto b = symbols_of(right.monomial_);
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(product));
  std::scoped_lock lock(table().mutex);
  return {coefficient, table().intern(std::move(product))};
}

bool Bindings::bind(Dim dim, std::int64_t size) {
  std::int64_t known = dim.coefficient_;
  std::optional<std::uint32_t> open;
  for (auto symbol : symbols_of(dim.monomial_)) {
    if (auto bound = find(symbol)) {
      known = checked_multiply(known, *bound);
    } else if (open) {
      throw ShapeError(fmt::format("compile: the input size {} has two open symbols and cannot be solved for both",
                                   dim.to_string()));
    } else {
      open = symbol;
    }
  }
  if (!open || known == 0) return known == size;
  if (size < 0 || size % known != 0) return false;
  sizes_.emplace(*open, size / known);
  return true;
}

std::optional<std::int64_t> Bindings::find(std::uint32_t symbol) const {
  auto found = sizes_.find(symbol);
  return found == sizes_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace xgrad
