#include <xgrad/framework/core/attributes.hpp>
#include <xgrad/framework/core/hash.hpp>
#include <xgrad/framework/core/number.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>

namespace xgrad {
namespace {

std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

std::size_t hash_of(const AttributeValue& value) {
  const auto of = []<class Value>(const Value& held) -> std::size_t {
    if constexpr (std::is_same_v<Value, Shape>) {
      return held.hash();
    } else if constexpr (std::is_same_v<Value, double>) {
      return bits_of(held);
    } else if constexpr (std::is_same_v<Value, std::vector<double>> ||
                         std::is_same_v<Value, std::vector<std::int64_t>>) {
      std::size_t result = held.size();
      for (const auto element : held) result = combined_hash(result, std::bit_cast<std::uint64_t>(element));
      return result;
    } else {
      return std::hash<Value>()(held);
    }
  };
  return std::visit(of, value);
}

std::string text_of(const AttributeValue& value) {
  const auto of = []<class Value>(const Value& held) -> std::string {
    if constexpr (std::is_same_v<Value, bool>) {
      return held ? "True" : "False";
    } else if constexpr (std::is_same_v<Value, DType>) {
      return std::string(xgrad::to_string(held));
    } else if constexpr (std::is_same_v<Value, Shape>) {
      return held.to_string();
    } else if constexpr (std::is_same_v<Value, std::vector<std::int64_t>>) {
      return xgrad::to_string(held);
    } else if constexpr (std::is_same_v<Value, std::vector<double>>) {
      return fmt::format("({}{})", fmt::join(held, ", "), held.size() == 1 ? "," : "");
    } else {
      return fmt::format("{}", held);
    }
  };
  return std::visit(of, value);
}

}  // namespace

std::string Attribute::text_of(const Number& number) { return number.to_string(); }

bool operator==(const Attribute& left, const Attribute& right) {
  if (left.name != right.name || left.value.index() != right.value.index()) return false;
  if (const auto* number = std::get_if<double>(&left.value)) {
    return bits_of(*number) == bits_of(std::get<double>(right.value));
  }
  if (const auto* numbers = std::get_if<std::vector<double>>(&left.value)) {
    return std::ranges::equal(*numbers, std::get<std::vector<double>>(right.value), {}, bits_of, bits_of);
  }
  return left.value == right.value;
}

Attributes Attributes::with(const Attributes& more) const {
  Attributes result = *this;
  for (const auto& value : more) result.push_back(value);
  return result;
}

std::size_t Attributes::hash() const {
  std::size_t result = values_.size();
  for (const auto& [name, value] : values_) {
    result = combined_hash(result, std::hash<std::string_view>()(name));
    result = combined_hash(result, hash_of(value));
  }
  return result;
}

std::string Attributes::to_string() const {
  std::string text;
  for (const auto& [name, value] : values_) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, text_of(value));
  }
  return text;
}

}  // namespace xgrad
