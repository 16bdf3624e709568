#include <xgrad/framework/core/number.hpp>

#include <fmt/format.h>

namespace xgrad {

std::string Number::to_string() const {
  return std::visit([](auto value) { return fmt::format("{}", value); }, value_);
}

}  // namespace xgrad
